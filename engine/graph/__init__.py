"""Rewrites ONNX graphs for runtimes that take them as they are written.

Needs the package `onnx`, which the extra `tensorrt` brings; nothing else in
`engine` imports this package.
"""
