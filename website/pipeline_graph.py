"""The way of a frame, read from `nasfe_cam/pipeline.py`: who hands it to whom, in which thread."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pydot

import nasfe_cam.pipeline
from website.drawing import new_graph

SLOW_PATHS = ("Observing", "Choosing")
"""Classes of the pipeline that work beside the way of the frame, at a rate of their own."""

_SOURCE, _FIRST = "capture", "_capture"
_HANDS_OVER, _ASKS = ("put", "offer"), ("newest",)
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
    pipeline = _Code(Path(nasfe_cam.pipeline.__file__).read_text(encoding="utf-8"))
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
    """The class `Pipeline`, as text that was parsed."""

    def __init__(self, text: str) -> None:
        module = ast.parse(text)
        (self._class,) = (
            node
            for node in module.body
            if isinstance(node, ast.ClassDef) and node.name == "Pipeline"
        )
        self._methods = {
            node.name: node for node in self._class.body if isinstance(node, ast.FunctionDef)
        }

    def steps(self) -> dict[str, Step]:
        """By the attribute that holds the thread; the source first."""
        found = {_SOURCE: Step(_SOURCE, _FIRST, self._words(_FIRST))}
        for node in ast.walk(self._methods["__init__"]):
            if isinstance(node, ast.Assign) and _own_attribute(node.targets[0]):
                step = self._step(node.value)
                if step is not None:
                    found[_own_attribute(node.targets[0])] = step
        return found

    def used_by(self, method: str, verbs: tuple[str, ...]) -> Iterator[str]:
        """Attributes of which a method, or one that it calls, calls one of these."""
        node = self._methods.get(method)
        for call in ast.walk(node) if node is not None else ():
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            called = _own_attribute(call.func)
            if called in self._methods:
                yield from self.used_by(called, verbs)
            elif call.func.attr in verbs:
                yield _own_attribute(call.func.value) or self._looped(method)

    def _step(self, value: ast.expr) -> Step | None:
        for call in ast.walk(value):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                if call.func.id == "Stage":
                    method = _own_methods(call.args[1])
                    return Step(_text(call.args[0]), method, self._words(method))
                if call.func.id in SLOW_PATHS:
                    kind = vars(nasfe_cam.pipeline)[call.func.id]
                    return Step(call.func.id.lower(), "", _sentence(kind.__doc__))
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
