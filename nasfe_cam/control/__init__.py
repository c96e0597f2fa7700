"""Steering a running camera from other programs of the same user.

The camera's side is `server.ControlServer`; the other side is `client.CameraClient`
(one connection), `supervisor.CameraSupervisor` (start or attach, start again after a
crash) and `preview_reader.PreviewReader` (pictures). The other side imports neither
OpenCV nor a network runtime, so that a window can use it beside its own libraries.
"""
