"""What a run shows: every displayed value and every figure, as it was at that moment."""

from __future__ import annotations

import os
from typing import Any

from . import figure_values
from .describe import describe
from .figures import watch_figures
from .graph import Graph


class Shown:
    """`displays` and `figures` below a folder, each with a list of the stage and cell that showed it."""

    def __init__(self, folder: str, notebook_modules: tuple):
        self._graphs = {kind: Graph(os.path.join(folder, kind), describe, notebook_modules) for kind in ("displays", "figures")}
        self._lists: dict = {"displays": [], "figures": []}
        self.stage = ""
        self.cell = -1
        watch_figures(self._draw)

    def display(self, value: Any, is_metric: bool = False) -> None:
        """Takes a value that is shown, or that metrics.json has. It is described anew each time: it may have changed since."""
        graph = self._graphs["displays"]
        graph.forget()
        graph.root(self._next("displays", is_metric), value)

    def save(self) -> None:
        for kind, graph in self._graphs.items():
            graph.save({"list": self._lists[kind]})

    def _draw(self, figure: Any) -> None:
        graph = self._graphs["figures"]
        graph.root_node(self._next("figures"), figure_values.figure(figure, graph))

    def _next(self, kind: str, is_metric: bool = False) -> str:
        name = str(len(self._lists[kind]))
        self._lists[kind].append({"name": name, "stage": self.stage, "cell": self.cell, "metric": is_metric})
        return name


def is_figure(value: Any) -> bool:
    return any(kind.__name__ == "FigureBase" and kind.__module__.startswith("matplotlib") for kind in type(value).__mro__)
