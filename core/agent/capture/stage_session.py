"""python -m reprise_capture.stage_session OPTIONS.json: runs one stage of a project as `python -m PACKAGE STAGE` does, and looks on.

When the stage's function returns, its local variables and what it returns are taken; when the process is about to end,
what it saved is loaded back by the project's own code and taken too, so that a value that does not survive its file shows.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any

from .commands_output import CommandsOutput
from .describe import describe
from .graph import Graph
from .observe import Observer, observe, stop_observing
from .shown import Shown, is_figure
from .steps import Steps


class StageSession:
    """One stage in this process."""

    def __init__(self, options: dict):
        self._stage: str = options["stage"]
        self._package: str = options["package"]
        self._outputs: list = options["outputs"]
        # Name and expression of each number that the stage reports.
        self._metrics: list = options.get("metrics", [])
        self._reported: dict = {}
        self._variables: dict = {}
        # The stage's own name, or that with a suffix where the author's code has a function of this name.
        self._functions = (self._stage, self._stage + "_stage")
        self._folder: str = options["folder"]
        self._work: str = options["work"]
        self._arguments: list = options["arguments"]
        self._steps: list = options.get("steps", [])
        self._own = ("__main__", self._package)
        self._commands = CommandsOutput(self._folder)
        self._printed = Printed(sys.stdout)
        self._returned = False
        self._problems: list = []
        self._shown = Shown(self._folder, self._own)
        self._shown.stage = self._stage

    def run(self) -> None:
        sys.stdout = self._printed
        observe(
            [
                Observer(os.path.join(self._package, self._stage + ".py"), self._functions, self._enter, self._leave),
                Observer(os.path.join(self._package, "displays.py"), ("show",), self._show, self._showed),
                Observer(os.path.join(self._package, "artifacts.py"), ("save_metrics",), self._save_metrics, ignore),
            ]
        )
        if self._steps:
            steps = Steps(os.path.join(self._folder, "steps"), self._steps, self._own)
            steps.watch(os.path.join(self._package, self._stage + ".py"), self._functions)
        # After the project's own folder and this agent's: a script beside the notebook often has the notebook's name, as
        # the package has.
        sys.path.insert(2, sys.path.pop(0))
        sys.argv = [self._package, self._stage, "--work", self._work, *self._arguments]
        try:
            runpy.run_module(self._package, run_name="__main__", alter_sys=True)
        except SystemExit as end:
            if end.code not in (None, 0):
                raise
        finally:
            sys.settrace(None)
            stop_observing()
            sys.stdout = self._printed.original
        self._take_saved()
        self._shown.save()
        with open(os.path.join(self._folder, "stage.json"), "w", encoding="utf-8", errors="surrogatepass") as file:
            told = {"returned": self._returned, "printed": self._printed.kept(), "commands": self._commands.told()}
            json.dump({**told, "problems": self._problems, "metricProblems": self._metric_problems()}, file)

    def _enter(self, variables: dict) -> None:
        self._printed.keep = True
        self._commands.begin()

    def _show(self, variables: dict) -> None:
        """The project's own `show(*values)`: what it prints about the value is not the notebook's text."""
        self._printed.keep = False
        for value in variables.get("values", ()):
            if value is not None and not is_figure(value):
                self._shown.display(value)

    def _showed(self, variables: dict, result: Any) -> None:
        self._printed.keep = True

    def _save_metrics(self, variables: dict) -> None:
        """A number that a cell showed may stand in metrics.json instead."""
        self._reported = dict(variables.get("metrics", {}))
        for value in self._reported.values():
            self._shown.display(value, is_metric=True)

    def _leave(self, variables: dict, result: Any) -> None:
        self._printed.keep = False
        self._commands.end()
        self._returned = True
        self._variables = {**self._by_name(result), **variables}
        graph = Graph(os.path.join(self._folder, "values"), describe, self._own)
        for name, value in self._variables.items():
            graph.root(name, value)
        graph.save()

    def _by_name(self, result: Any) -> dict:
        fields = getattr(type(result), "_fields", None)
        if isinstance(result, tuple) and fields is not None and set(self._outputs) <= set(fields):
            return {name: getattr(result, name) for name in self._outputs}
        return {self._outputs[0]: result} if len(self._outputs) == 1 else {}

    def _take_saved(self) -> None:
        """Loads every value that the stage says it saved, and checks its digest and that none is missing."""
        graph = Graph(os.path.join(self._folder, "saved"), describe, self._own)
        folder = os.path.join(self._work, self._stage)
        index = os.path.join(folder, "outputs.json")
        entries = json.loads(read(index)) if os.path.exists(index) else []
        listed = set()
        for entry in entries:
            names = entry.get("names", [entry["name"]])
            listed.update(names)
            path = os.path.join(folder, entry["file"])
            if not os.path.exists(path):
                self._complain(names, f"outputs.json names {entry['file']}, which is not there")
            elif sha256(path) != entry["sha256"]:
                self._complain(names, f"{entry['file']} is not the file that outputs.json describes (its sha256 differs)")
            else:
                self._load(graph, entry)
        self._complain([name for name in self._outputs if name not in listed], f"the stage {self._stage} saved no value of this name")
        graph.save()

    def _metric_problems(self) -> list:
        """Metrics that the stage does not report, or with another value than that of the variable they are named for."""
        problems = []
        for name, expression in self._metrics:
            if name not in self._reported:
                problems.append([name, "missing", f"the stage {self._stage} reports no metric of this name"])
                continue
            reported = self._reported[name]
            meant = self._variables.get(expression, reported)
            if reported is not meant and repr(reported) != repr(meant):
                problems.append([name, "different", f"the metric is {reported!r}, and {expression} is {meant!r}"])
        return problems

    def _complain(self, names: list, message: str) -> None:
        self._problems.extend([name, message] for name in names)

    def _load(self, graph: Graph, entry: dict) -> None:
        names = entry.get("names", [entry["name"]])
        try:
            value = importlib.import_module(self._package + ".artifacts").load(Path(self._work), self._stage, entry["name"])
            for name in names:
                graph.root(name, value[name] if "names" in entry else value)
        except Exception as error:  # whatever a broken file makes the project's code raise is the finding
            self._complain(names, f"it was saved, but cannot be loaded: {type(error).__name__}: {error}")


def ignore(variables: dict, result: Any) -> None:
    """For an observer to whom it does not matter when the function returns."""


class Printed:
    """Standard output that also keeps what the stage's own function prints; in its forks, what commands print."""

    def __init__(self, original: Any):
        self.original = original
        self._process = os.getpid()
        self.keep = False
        self._texts: list = []

    def write(self, text: str) -> int:
        if os.getpid() != self._process:
            os.write(1, text.encode("utf-8", "replace"))
            return len(text)
        if self.keep:
            self._texts.append(text)
        return self.original.write(text)

    def flush(self) -> None:
        self.original.flush()

    def kept(self) -> str:
        return "".join(self._texts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.original, name)


def sha256(path: str) -> str:
    found = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as options_file:
        StageSession(json.load(options_file)).run()
