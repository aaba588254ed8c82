"""Takes values after single statements of a stage's function: only where a proof has found a difference and looks for its origin."""

from __future__ import annotations

import ast
import os
import sys
from typing import Any, Callable

from .describe import describe
from .graph import Graph
from .observe import variables_of


class Steps:
    """`steps` are `{key, first, last, names}`: lines of the stage's file, and the names to take after them."""

    def __init__(self, folder: str, steps: list, notebook_modules: tuple):
        self._folder = folder
        self._steps = steps
        self._modules = notebook_modules

    def watch(self, file_ending: str, functions: tuple) -> None:
        """Looks on from now on, whenever a function of that file and one of those names runs."""

        def called(frame: Any, event: str, argument: Any) -> Any:
            code = frame.f_code
            if code.co_name not in functions or not code.co_filename.endswith(file_ending):
                return None
            return self._lines(code.co_filename, code.co_firstlineno)

        sys.settrace(called)

    def _lines(self, file: str, first: int) -> Callable:
        """A local trace function: a statement is over when a line of another one runs, or the function returns."""
        spans = statement_lines(file, first)
        now: list = []

        def line(frame: Any, event: str, argument: Any) -> Any:
            if event not in ("line", "return"):
                return line
            at = next((span for span in spans if span[0] <= frame.f_lineno <= span[1]), None) if event == "line" else None
            if now and now[0] != at:
                self._take(now[0], variables_of(frame))
            now[:] = [] if at is None else [at]
            return line

        return line

    def _take(self, span: tuple, variables: dict) -> None:
        for step in self._steps:
            if step["first"] <= span[1] and step["last"] >= span[0]:
                take(os.path.join(self._folder, step["key"]), step["names"], variables, self._modules)


def take(folder: str, names: list, variables: dict, notebook_modules: tuple) -> None:
    """Writes the variables of those names, as they are now."""
    graph = Graph(folder, describe, notebook_modules)
    for name in names:
        if name in variables:
            graph.root(name, variables[name])
    graph.save()


def statement_lines(file: str, first: int) -> list:
    """The first and last lines of each statement in the body of the function that begins on a line."""
    with open(file, encoding="utf-8") as opened:
        tree = ast.parse(opened.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and first in (node.lineno, *(each.lineno for each in node.decorator_list)):
            return [(statement.lineno, statement.end_lineno) for statement in node.body]
    return []
