"""Draws the way of a frame from thread to thread.

Read from `nasfe_cam/pipeline/pipeline.py`.

The parts of the face path that have a slow path are read as well.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import pydot

from nasfe_cam.faces.identity_selector import IdentitySelector
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.restoration.face_finder import FaceFinder
from nasfe_cam.restoration.face_restorer import FaceRestorer
from nasfe_cam.restoration.network_thread import NetworkThread
from nasfe_cam.restoration.observer_worker import ObserverWorker
from website.drawing import new_graph

PARTS: dict[str, type] = {"finder": FaceFinder, "restorer": FaceRestorer}
"""Parts of the face path that have a slow path, by the attribute that holds them."""
SLOW_PATHS = {
    "network": ("network", NetworkThread),
    "_observer": ("observe", ObserverWorker),
    "_selector": ("choose", IdentitySelector),
}
"""What works beside the way of the frame, by the attribute of the part: its thread and class."""

_SOURCE, _FIRST = "capture", "_fit"
_HANDS_OVER, _ASKS = ("put", "offer", "begin"), ("newest", "take")
_WIDTH = 24


@dataclass(frozen=True, slots=True)
class Step:
    """What is done in one thread.

    Attributes:
        name: of the thread.
        method: of the pipeline, that does it; empty for a slow path.
        words: what its docstring says.
    """

    name: str
    method: str
    words: str


def pipeline_graph() -> pydot.Dot:
    """Every thread of the pipeline as a box; an arrow is where a frame is handed over."""
    pipeline = _Code(Pipeline)
    steps = pipeline.steps()
    graph = new_graph("pipeline", "LR")
    for attribute, step in steps.items():
        slow = not step.method
        lines = [step.name, *textwrap.wrap(step.words, _WIDTH)]
        fill = "#FCEBCF" if slow else "#DCEAF9"
        graph.add_node(pydot.Node(attribute, label="\\n".join(lines), fillcolor=fill))
    for attribute, step in steps.items():
        for other in sorted(set(pipeline.used_by(step.method, _HANDS_OVER)) & set(steps)):
            # The heavier, the straighter.
            style, weight = ("bold", "9") if steps[other].method else ("dashed", "1")
            graph.add_edge(pydot.Edge(attribute, other, style=style, weight=weight))
        for other in sorted(set(pipeline.used_by(step.method, _ASKS)) & set(steps)):
            graph.add_edge(pydot.Edge(other, attribute, style="dashed", constraint="false"))
    return graph


class _Code:
    """The class `Pipeline`, or one of `PARTS`, as text that was parsed."""

    def __init__(self, kind: type) -> None:
        (node,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
        self._methods = {
            child.name: child
            for child in getattr(node, "body", [])
            if isinstance(child, ast.FunctionDef)
        }

    def steps(self) -> dict[str, Step]:
        """By the attribute that holds the thread; the source first, slow paths last."""
        found = {_SOURCE: Step(_SOURCE, _FIRST, self._words(_FIRST))}
        for attribute, value in self._made():
            step = self._step(value)
            if step is not None:
                found[attribute] = step
        for attribute, (name, kind) in SLOW_PATHS.items():
            found[attribute] = Step(name, "", _sentence(kind.__doc__ or ""))
        return found

    def used_by(self, method: str, verbs: tuple[str, ...]) -> Iterator[str]:
        """Attributes of which a method, or one that it calls, calls one of these."""
        node = self._methods.get(method)
        for call in ast.walk(node) if node is not None else ():
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            holder = call.func.value
            part = holder.attr if isinstance(holder, ast.Attribute) else ""
            called = _own_attribute(call.func)
            if called in self._methods:
                yield from self.used_by(called, verbs)
            elif part in PARTS:
                yield from _Code(PARTS[part]).used_by(call.func.attr, verbs)
            elif call.func.attr in verbs:
                yield _own_attribute(holder) or self._looped(method)

    def _made(self) -> Iterator[tuple[str, ast.expr]]:
        """What is made at the start, and the attribute that holds it."""
        for node in ast.walk(self._methods["__init__"]):
            if isinstance(node, ast.Assign) and _own_attribute(node.targets[0]):
                yield _own_attribute(node.targets[0]), node.value

    def _step(self, value: ast.expr) -> Step | None:
        for call in ast.walk(value):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id == "Stage"
            ):
                method = _own_methods(call.args[1])
                return Step(_text(call.args[0]), method, self._words(method))
        return None

    def _looped(self, method: str) -> str:
        """The attribute through which a method loops: one stage per output."""
        for node in ast.walk(self._methods[method]):
            if isinstance(node, ast.For):
                return _own_attribute(node.iter)
        return ""

    def _words(self, method: str) -> str:
        words = ast.get_docstring(self._methods[method])
        return "" if words is None else _sentence(words)


def _own_attribute(node: ast.expr) -> str:
    """`x` of `self.x`, else nothing."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id == "self" else ""
    return ""


def _own_methods(node: ast.expr) -> str:
    """The method in `self.x` or `partial(self.x, ...)`."""
    return next(filter(None, map(_own_attribute, _expressions(node))))


def _expressions(node: ast.expr) -> Iterator[ast.expr]:
    return (child for child in ast.walk(node) if isinstance(child, ast.expr))


def _text(node: ast.expr) -> str:
    """A name that is a string, or the fixed beginning of one that is put together."""
    for part in _expressions(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            return part.value.rstrip("-")
    return ""


def _sentence(words: str) -> str:
    return words.strip().split(". ")[0].split(";")[0].split("\n")[0].rstrip(".")
