"""Takes every matplotlib figure at the moment when it is drawn into a file or for a screen."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from typing import Any, Callable

MODULE = "matplotlib.backend_bases"


def watch_figures(begun: Callable[[], None], seen: Callable[[Any, Any], None]) -> None:
    """Calls `seen` with each figure that is drawn from now on and what it was drawn into (a path, or a file in memory),
    and `begun` before, also where it cannot be drawn; whether matplotlib is imported already or later."""
    if MODULE in sys.modules:
        wrap(sys.modules[MODULE], begun, seen)
    else:
        sys.meta_path.insert(0, AfterImport(lambda module: wrap(module, begun, seen)))


def wrap(module: Any, begun: Callable[[], None], seen: Callable[[Any, Any], None]) -> None:
    canvas = module.FigureCanvasBase
    original = canvas.print_figure

    def print_figure(self: Any, *arguments: Any, **options: Any) -> Any:
        begun()
        result = original(self, *arguments, **options)
        seen(self.figure, arguments[0] if arguments else options.get("filename"))
        return result

    canvas.print_figure = print_figure


class AfterImport(importlib.abc.MetaPathFinder):
    """Does something once, right after matplotlib's canvas was imported."""

    def __init__(self, then: Callable[[Any], None]):
        self._then = then

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != MODULE:
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return spec
        execute, then = spec.loader.exec_module, self._then

        def exec_module(module: Any) -> None:
            execute(module)
            then(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
