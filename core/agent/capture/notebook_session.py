"""Inside the notebook's kernel: takes the values of each stage where it ends, and gives each its random streams.

The cells run as they are. Where a stage begins or ends between two statements of a cell, a call is put between them in
the syntax tree that IPython has made of the cell, so that lines, displays and counts stay what they were.
"""

from __future__ import annotations

import ast
import os
import sys
from typing import Any, Optional

from .describe import describe
from .drained import drain
from .graph import Graph
from .installs import refuse_installs
from .observation import Observation
from .shown import Shown, is_figure
from .steps import take
from .streams import Streams

STAGE_MIME = "application/x-reprise-stage"


class NotebookSession:
    """`stages` gives the names to take of each stage, `steps` those of single statements. It lives as long as the kernel."""

    def __init__(self, shell: Any, folder: str, stages: dict, steps: dict, seeded: list, seed: int, observed: Optional[list] = None):
        self._shell = shell
        # The kernel's own: %%capture puts others in their place, which would swallow what is told of a stage.
        self._display_pub, self._printed = shell.display_pub, (sys.stdout, sys.stderr)
        self._folder = folder
        self._names, self._steps = stages, steps
        self._observation = Observation(shell, observed) if observed is not None else None
        self._streams = Streams(seeded, seed)
        self._stage = ""
        self._marks: list = []
        self._visits_before = 0
        self._shown = Shown(folder, ("__main__",))
        shell.ast_transformers.append(self)
        self._watch_displays()
        refuse_installs(shell)

    def before_cell(self, cell: int, before: list, marks: list, visits_before: int) -> None:
        """Does the actions `before` the cell and sets its marks: `line`, `nth` statement of that line, and `actions`.

        `visits_before` syntax trees come before the one that the marks are for: a cell magic runs its body as another.
        """
        self._shown.cell = cell
        self.act(before)
        self._marks = marks
        self._visits_before = visits_before
        if self._observation is not None:
            self._observation.begin()

    def visit(self, tree: Any) -> Any:
        """Called by IPython with every syntax tree that it runs."""
        if self._visits_before > 0:
            self._visits_before -= 1
            return tree
        marks, self._marks = self._marks, []
        for mark in reversed(marks):
            at = statement_at(tree.body, mark["line"], mark["nth"])
            if at is None:
                self._marks.insert(0, mark)
                continue
            call = ast.parse(f"__import__('sys').modules[{__name__!r}].session.act({mark['actions']!r})").body[0]
            for node in ast.walk(call):
                ast.copy_location(node, tree.body[at])
            tree.body.insert(at, call)
        return tree

    def after_cell(self, actions: list) -> None:
        """Stages that end with the cell, or whose place inside it could not be found."""
        drain()
        for mark in self._marks:
            self.act(mark["actions"])
        self._marks = []
        if self._observation is not None:
            self._observation.publish()
        self.act(actions)

    def act(self, actions: list) -> None:
        for action in actions:
            getattr(self, "_" + action[0])(*action[1:])

    def finish(self) -> None:
        """Writes what was shown."""
        self._shown.save()

    def _enter(self, stage: str) -> None:
        self._streams.enter(stage)
        if stage != self._stage:
            drain()
            for stream in self._printed:
                stream.flush()
            self._display_pub.publish({STAGE_MIME: stage})
        self._stage = self._shown.stage = stage
        self._shown.drawing_stage = ""

    def _figures(self, stage: str) -> None:
        self._shown.drawing_stage = stage

    def _leave(self, stage: str) -> None:
        graph = Graph(os.path.join(self._folder, "stages", stage), describe)
        for name in self._names[stage]:
            if name in self._shell.user_ns:
                graph.root(name, self._shell.user_ns[name])
        graph.save()

    def _take(self, step: str) -> None:
        """After one statement: only where a difference was found, to see where it begins."""
        take(os.path.join(self._folder, "steps", step), self._steps[step], self._shell.user_ns, ("__main__",))

    def _watch_displays(self) -> None:
        formatter = self._shell.display_formatter
        original = formatter.format

        def format(value: Any, *arguments: Any, **options: Any) -> Any:
            if is_figure(value):
                with self._shown.showing(value):
                    return original(value, *arguments, **options)
            self._shown.display(value)
            # A value may have itself drawn, as a formula of sympy has: the picture is of the value, and no figure of the cell.
            with self._shown.figures_unseen():
                return original(value, *arguments, **options)

        formatter.format = format


def statement_at(body: list, line: int, nth: int) -> Any:
    """The index of the nth statement that starts on a line, decorators counted in. None where there is none."""
    for at, statement in enumerate(body):
        first = min([statement.lineno, *(decorator.lineno for decorator in getattr(statement, "decorator_list", []))])
        if first == line:
            if nth == 0:
                return at
            nth -= 1
    return None


session: Any = None


def start(shell: Any, options: dict) -> None:
    """Begins; `options` are the arguments of NotebookSession."""
    global session
    session = NotebookSession(shell, **options)
