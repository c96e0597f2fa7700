"""The output program: a small process of its own that holds the virtual camera.

It imports the standard library, numpy and pyvirtualcam and nothing else, so that
what can crash (drivers, networks, decoders) crashes in the worker, while the
meeting keeps a picture.
"""
