"""Runs notebooks statement by statement and tells what each really read, bound and changed.

Reads {"programs": [{"data": folder or null, "cells": [[statement, ...], ...]}]} from standard input and prints a JSON
list with, for each program, {"statements": [...]} or {"error": ..., "at": position}. For a statement:

- `reads`: [name, position of the statement that had bound it], for the globals that it read, in functions that it
  called too;
- `reaches`: [name, position of the statement that changed last something that the name reaches];
- `binds`, `changes`: names that it bound, and names whose object it changed;
- `streams`, `files`, `states`: [stream, path or state of the process, position of the statement whose state it used].

Each program runs in a fork, in a folder of its own with a copy of its data; what the programs import is imported once,
before the forks.
"""

import contextlib
import dis
import io
import json
import sys
import types

import matplotlib

matplotlib.use("Agg")
from forks import in_forks, import_once, new_main
from objects import Graph
from world import Environment, Figures, Files, Settings, Streams


class Names(dict):
    """Globals that tell the tracer who asks for them. The lookups of functions and of cells come through here."""

    tracer = None

    def __getitem__(self, name):
        value = dict.__getitem__(self, name)
        self.tracer.read(name)
        return value

    def __setitem__(self, name, value):
        dict.__setitem__(self, name, value)
        self.tracer.bound.add(name)

    def get(self, name, default=None):
        return self[name] if name in self else default

    def copy(self):
        """What asks a copy for a name asks for the name: so pandas looks up what a query names."""
        asked = Copied(self)
        asked.tracer = self.tracer
        return asked


class Copied(dict):
    """A copy of the globals that tells the tracer who asks for them."""

    def __getitem__(self, name):
        self.tracer.read(name)
        return dict.__getitem__(self, name)


class Tracer:
    def __init__(self, folder, program):
        self.names = Names()
        new_main(self.names, program)
        self.names.tracer = self
        self.binder = {}
        self.last_change = {}
        self.bound = set()
        self.seen_reads = {}
        self.keep = {}
        self.streams = Streams()
        self.files = Files(folder)
        self.states = [Environment(), Settings(), Figures()]

    def read(self, name):
        if name not in self.seen_reads and name not in self.bound and name in self.binder:
            self.seen_reads[name] = self.binder[name]

    def step(self, frame, event, _given):
        """Class bodies look their globals up past the dictionary's own methods: what they name is taken as read."""
        code = frame.f_code
        if event == "call" and frame.f_globals is self.names and not code.co_flags & 2 and code.co_name != "<module>":
            for one in dis.get_instructions(code):
                if one.opname == "LOAD_NAME" and one.argval in self.names:
                    self.read(one.argval)

    def run(self, text, position, before):
        self.bound, self.seen_reads = set(), {}
        self.files.begin(position)
        for state in self.states:
            state.begin(position)
        raw = dict(self.names)
        out = io.StringIO()
        sys.settrace(self.step)
        try:
            with contextlib.redirect_stdout(out):
                exec(compile(text, "<statement>", "exec"), self.names, self.names)
        finally:
            sys.settrace(None)
        states = [used for state in self.states for used in state.end()]
        self.files.end()
        self.bound |= {name for name, value in dict.items(self.names) if raw.get(name, self) is not value}
        self.bound.discard("__builtins__")
        for name in self.bound:
            self.binder[name] = position
        gone = {name for name in raw if name not in self.names}
        for name in gone:
            self.binder.pop(name, None)
        reaches = sorted(
            {
                (name, self.last_change[key])
                for name in self.seen_reads
                for key in before.reached(name)
                if key in self.last_change
            }
        )
        after = self.graph()
        changed = {key for key, state in after.states.items() if key in before.states and before.states[key] != state}
        for key in changed:
            self.last_change[key] = position
        self.files.handles_moved([self.keep[key] for key in changed], position)
        return after, {
            "reads": sorted(self.seen_reads.items()),
            "reaches": reaches,
            "binds": sorted(self.bound),
            "changes": sorted({name for name, key in after.names.items() if key in changed} - self.bound),
            "streams": self.streams.used(position),
            "files": self.files.found,
            "states": states,
        }

    def graph(self):
        return Graph({name: value for name, value in dict.items(self.names) if not hidden(name, value)}, self.keep)


def hidden(name, value):
    return name.startswith("__") or isinstance(value, types.ModuleType)


def trace(program, folder):
    tracer = Tracer(folder, program)
    before = tracer.graph()
    found = []
    for cell in program["cells"]:
        for text in cell:
            position = len(found)
            try:
                before, facts = tracer.run(text, position, before)
            except BaseException as error:
                return {"error": f"{type(error).__name__}: {error}", "at": position}
            found.append(facts)
        for state in tracer.states:
            state.end_cell()
    return {"statements": found}


if __name__ == "__main__":
    job = json.load(sys.stdin)
    import_once([one for program in job["programs"] for cell in program["cells"] for one in cell])
    print(json.dumps(in_forks(job["programs"], trace)))
