"""Runs notebooks statement by statement and tells what each really read, bound and changed.

Reads {"programs": [{"data": folder or null, "cells": [[statement, ...], ...]}]} from standard input and prints a JSON
list with, for each program, {"statements": [...]} or {"error": ..., "at": position}. For a statement:

- `reads`: [name, position of the statement that had bound it], for the globals that it read, in functions that it
  called too;
- `reaches`: [name, position of the statement that changed last something that the name reaches];
- `binds`, `changes`: names that it bound, and names whose object it changed;
- `streams`, `files`: [stream or path, position of the statement whose state it used].

Each program runs in a fork, in a folder of its own with a copy of its data; what the programs import is imported once,
before the forks.
"""

import contextlib
import dis
import io
import json
import os
import random
import sys
import types

import matplotlib

matplotlib.use("Agg")
import numpy as np
from forks import in_forks, import_once, new_main
from objects import Graph


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


class Streams:
    """The random streams of the process: who moved each last, and whether it was ever seeded."""

    def __init__(self):
        self.reseeded = set()
        self.last = {}
        self.seeded = set()
        self._wrap(random, "seed", "random")
        self._wrap(np.random, "seed", "numpy")
        torch = sys.modules.get("torch")
        if torch is not None:
            self._wrap(torch, "manual_seed", "torch")
        self._wrap(random, "setstate", "random")
        self._wrap(np.random, "set_state", "numpy")
        self.before = self.states()

    def _wrap(self, module, name, stream):
        original = getattr(module, name)

        def seed(*given, **named):
            if self.states()[stream] == self.before[stream]:
                self.reseeded.add(stream)
            self.seeded.add(stream)
            return original(*given, **named)

        setattr(module, name, seed)

    def states(self):
        name, keys, *rest = np.random.get_state()
        torch = sys.modules.get("torch")
        return {
            "random": hash(random.getstate()),
            "numpy": hash((name, keys.tobytes(), *rest)),
            "torch": None if torch is None else hash(torch.get_rng_state().numpy().tobytes()),
        }

    def used(self, position):
        """What the statement that has just run used, by whom the stream was moved before."""
        now = self.states()
        found = []
        for stream, state in now.items():
            if state == self.before[stream] and stream not in self.reseeded:
                continue
            if stream not in self.reseeded and stream in self.last:
                found.append([stream, self.last[stream]])
            if stream in self.seeded:
                self.last[stream] = position
        self.before = now
        self.reseeded = set()
        return found


class Files:
    """Files below the working directory: who wrote each last."""

    def __init__(self, folder):
        self.folder = folder
        self.writers = {}
        self.found = []
        self.position = -1
        self.on = True
        sys.addaudithook(self.audit)

    def audit(self, event, given):
        if not self.on or self.position == -1:
            return
        if event == "open":
            path, mode, flags = given
            if isinstance(path, (str, bytes)):
                writes = bool(flags & (os.O_WRONLY | os.O_RDWR))
                self.use(os.fsdecode(path), reads=not writes or bool(flags & os.O_APPEND), writes=writes)
        elif event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.copyfile"):
            paths = [one for one in given if isinstance(one, (str, bytes))]
            for at, path in enumerate(paths):
                self.use(os.fsdecode(path), reads=at == 0 and event != "os.mkdir", writes=event != "shutil.copyfile" or at == 1)
        elif event in ("os.listdir", "os.scandir") and isinstance(given[0], (str, bytes)):
            inside = os.path.join(self.full(os.fsdecode(given[0])), "")
            for path in [path for path in self.writers if path.startswith(inside)]:
                self.use(path, reads=True, writes=False)

    def full(self, path):
        return os.path.abspath(path)

    def use(self, path, reads, writes):
        path = self.full(path)
        if not path.startswith(self.folder + os.sep):
            return
        if reads and path in self.writers and self.writers[path] != self.position:
            self.found.append([os.path.relpath(path, self.folder), self.writers[path]])
        if writes:
            self.writers[path] = self.position


class Tracer:
    def __init__(self, folder):
        self.names = Names()
        new_main(self.names)
        self.names.tracer = self
        self.binder = {}
        self.last_change = {}
        self.bound = set()
        self.seen_reads = {}
        self.keep = {}
        self.streams = Streams()
        self.files = Files(folder)

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
        self.files.position, self.files.found = position, []
        raw = dict(self.names)
        out = io.StringIO()
        sys.settrace(self.step)
        try:
            with contextlib.redirect_stdout(out):
                exec(compile(text, "<statement>", "exec"), self.names, self.names)
        finally:
            sys.settrace(None)
        self.files.position = -1
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
        return after, {
            "reads": sorted(self.seen_reads.items()),
            "reaches": reaches,
            "binds": sorted(self.bound),
            "changes": sorted({name for name, key in after.names.items() if key in changed} - self.bound),
            "streams": self.streams.used(position),
            "files": self.files.found,
        }

    def graph(self):
        return Graph({name: value for name, value in dict.items(self.names) if not hidden(name, value)}, self.keep)


def hidden(name, value):
    return name.startswith("__") or isinstance(value, types.ModuleType)


def trace(program, folder):
    tracer = Tracer(folder)
    before = tracer.graph()
    found = []
    for position, text in enumerate(one for cell in program["cells"] for one in cell):
        try:
            before, facts = tracer.run(text, position, before)
        except BaseException as error:
            return {"error": f"{type(error).__name__}: {error}", "at": position}
        found.append(facts)
    tracer.files.on = False
    return {"statements": found}


if __name__ == "__main__":
    job = json.load(sys.stdin)
    import_once([one for program in job["programs"] for cell in program["cells"] for one in cell])
    print(json.dumps(in_forks(job["programs"], trace)))
