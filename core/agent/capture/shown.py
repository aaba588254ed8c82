"""What a run shows: every displayed value and every figure, as it was at that moment."""

from __future__ import annotations

import contextlib
import os
from typing import Any, Iterator

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
        # Pyplot shows figures at the end of their cell, which may be in another stage than what drew them.
        self.drawing_stage = ""
        self.cell = -1
        self._sees_figures = True
        self._drawings = 0
        watch_figures(self._begin_drawing, self._draw)

    def display(self, value: Any, is_metric: bool = False) -> None:
        """Takes a value that is shown, or that metrics.json has. It is described anew each time: it may have changed since."""
        graph = self._graphs["displays"]
        graph.forget()
        graph.root(self._next("displays", is_metric), value)

    @contextlib.contextmanager
    def figures_unseen(self) -> Iterator[None]:
        """Figures that are drawn meanwhile are not taken."""
        before, self._sees_figures = self._sees_figures, False
        try:
            yield
        finally:
            self._sees_figures = before

    @contextlib.contextmanager
    def showing(self, figure: Any) -> Iterator[None]:
        """Takes a figure that is shown meanwhile where nobody draws it: beside an older matplotlib a newer IPython shows the
        first one as a text only."""
        before = self._drawings
        yield
        if self._drawings == before and (figure.axes or figure.lines):
            # As drawn, like all the others: much of a surface, or of colours by value, is not there before.
            with contextlib.suppress(Exception):
                figure.draw_without_rendering()
            self._draw(figure, None)

    def save(self) -> None:
        for kind, graph in self._graphs.items():
            graph.save({"list": self._lists[kind]})

    def _begin_drawing(self) -> None:
        self._drawings += 1

    def _draw(self, figure: Any, target: Any) -> None:
        if not self._sees_figures:
            return
        graph = self._graphs["figures"]
        name = self._next("figures")
        graph.root_node(name, figure_values.figure(figure, graph))
        ending, picture = picture_in(target)
        if ending:
            with open(os.path.join(graph.folder, name + ending), "wb") as file:
                file.write(picture)
            self._lists["figures"][-1]["picture"] = name + ending

    def _next(self, kind: str, is_metric: bool = False) -> str:
        name = str(len(self._lists[kind]))
        stage = (kind == "figures" and self.drawing_stage) or self.stage
        self._lists[kind].append({"name": name, "stage": stage, "cell": self.cell, "metric": is_metric})
        return name


# How pictures begin that a page can show.
BEGINNINGS = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"<?xml": ".svg", b"<svg": ".svg"}
# Of one picture: a page with larger ones helps nobody.
MOST_BYTES = 4 << 20


def picture_in(target: Any) -> tuple:
    """The picture that was drawn into a path or a file in memory, and the ending for its name; empty where there is none to show."""
    try:
        if hasattr(target, "getvalue"):
            data = target.getvalue()
        else:
            with open(target, "rb") as file:
                data = file.read(MOST_BYTES + 1)
    except Exception:  # a file of the notebook's own kind: then there is no picture to show
        return "", b""
    ending = next((ending for start, ending in BEGINNINGS.items() if isinstance(data, bytes) and data.startswith(start)), "")
    return (ending, data) if len(data) <= MOST_BYTES else ("", b"")


def is_figure(value: Any) -> bool:
    return any(kind.__name__ == "FigureBase" and kind.__module__.startswith("matplotlib") for kind in type(value).__mro__)
