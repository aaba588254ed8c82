"""What statements share beside their names: random streams, files, the environment, settings and figures.

Each class tells, of the statement that has just run, what it used that an earlier statement had left there.
"""

import io
import os
import random
import sys

import matplotlib
import numpy as np
from objects import version_of


class Streams:
    """The random streams of the process: who moved each last, and whether it was ever seeded."""

    def __init__(self):
        self.originals = {"random": random.getstate, "numpy": np.random.get_state}
        self.reseeded = set()
        self.looked = set()
        self.last = {}
        self.seeded = set()
        self._wrap(random, "seed", "random")
        self._wrap(np.random, "seed", "numpy")
        torch = sys.modules.get("torch")
        if torch is not None:
            self._wrap(torch, "manual_seed", "torch")
        self._wrap(random, "setstate", "random")
        self._wrap(np.random, "set_state", "numpy")
        self._watch(random, "getstate", "random")
        self._watch(np.random, "get_state", "numpy")
        self.before = self.states()

    def _wrap(self, module, name, stream):
        original = getattr(module, name)

        def seed(*given, **named):
            if self.states()[stream] == self.before[stream]:
                self.reseeded.add(stream)
            self.seeded.add(stream)
            return original(*given, **named)

        setattr(module, name, seed)

    def _watch(self, module, name, stream):
        original = getattr(module, name)

        def look(*given, **named):
            self.looked.add(stream)
            return original(*given, **named)

        setattr(module, name, look)

    def states(self):
        name, keys, *rest = self.originals["numpy"]()
        torch = sys.modules.get("torch")
        return {
            "random": hash(self.originals["random"]()),
            "numpy": hash((name, keys.tobytes(), *rest)),
            "torch": None if torch is None else hash(torch.get_rng_state().numpy().tobytes()),
        }

    def used(self, position):
        """What the statement that has just run used, by whom the stream was moved before."""
        now = self.states()
        found = [[stream, self.last[stream]] for stream in self.looked if stream in self.last]
        self.looked = set()
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
    """Files below the first working directory: who wrote each, who made the folders, who changed the directory."""

    def __init__(self, folder):
        self.folder = folder
        self.writers = {}
        self.makers = {}
        self.moved = None
        self.found = []
        self.position = -1
        sys.addaudithook(self.audit)
        stat = os.stat

        def watched(path, *given, **named):
            if self.position != -1 and isinstance(path, (str, bytes, os.PathLike)):
                self.use(os.fsdecode(path), reads=True, writes=False)
            return stat(path, *given, **named)

        os.stat = watched

    def begin(self, position):
        self.position, self.found = position, []

    def end(self):
        self.position = -1

    def handles_moved(self, objects, position):
        """What is written to an open file is in the file."""
        for one in objects:
            if isinstance(one, io.IOBase) and isinstance(getattr(one, "name", None), str):
                self.writers.setdefault(os.path.abspath(one.name), set()).add(position)

    def audit(self, event, given):
        if self.position == -1:
            return
        if event == "os.chdir":
            self.use_directory()
            self.moved = self.position
        elif event == "os.mkdir" and isinstance(given[0], str):
            if not os.path.lexists(given[0]):
                self.use(given[0], reads=False, writes=True)
                self.makers[self.full(given[0])] = self.position
        elif event == "open":
            path, mode, flags = given
            if isinstance(path, (str, bytes)):
                writes = bool(flags & (os.O_WRONLY | os.O_RDWR))
                self.use(os.fsdecode(path), reads=not writes or bool(flags & os.O_APPEND), writes=writes)
        elif event in ("os.remove", "os.rename", "os.rmdir", "shutil.copyfile"):
            paths = [one for one in given if isinstance(one, (str, bytes))]
            for at, path in enumerate(paths):
                self.use(os.fsdecode(path), reads=at == 0, writes=event != "shutil.copyfile" or at == 1)
        elif event in ("os.listdir", "os.scandir") and isinstance(given[0], (str, bytes)):
            inside = os.path.join(self.full(os.fsdecode(given[0])), "")
            for path in [path for path in self.writers if path.startswith(inside)]:
                self.use(path, reads=True, writes=False)

    def full(self, path):
        return os.path.abspath(path)

    def use_directory(self):
        if self.moved not in (None, self.position):
            self.found.append(["(directory)", self.moved])

    def use(self, path, reads, writes):
        if not os.path.isabs(path):
            self.use_directory()
        path = self.full(path)
        if not path.startswith(self.folder + os.sep):
            return
        name = os.path.relpath(path, self.folder)
        around = path
        while len(around := os.path.dirname(around)) > len(self.folder):
            self.tell(name, self.makers.get(around))
        if reads:
            self.tell(name, self.makers.get(path))
            for writer in self.writers.get(path, ()):
                self.tell(name, writer)
        if writes:
            self.writers[path] = {*self.writers.get(path, ()), self.position} if reads else {self.position}

    def tell(self, name, position):
        if position not in (None, self.position) and [name, position] not in self.found:
            self.found.append([name, position])


class State:
    """Entries of a state of the process: who set each last, and what the statement that runs asks for."""

    def __init__(self):
        self.setters = {}
        self.asked = {}
        self.position = -1

    def begin(self, position):
        self.position, self.asked = position, {}

    def set(self, name):
        if self.position != -1:
            self.setters[name] = self.position

    def ask(self, name):
        if self.position != -1 and self.setters.get(name, self.position) != self.position:
            self.asked[name] = self.setters[name]

    def end(self):
        self.position = -1
        return [list(one) for one in self.asked.items()]

    def end_cell(self):
        pass


def watch_items(kind, state, prefix):
    """Tells a state who asks for the items of the objects of a class, and who sets them."""
    get, put = kind.__getitem__, kind.__setitem__

    def getting(self, key):
        state.ask(prefix + str(key))
        return get(self, key)

    def setting(self, key, value):
        put(self, key, value)
        state.set(prefix + str(key))

    kind.__getitem__, kind.__setitem__ = getting, setting


class Environment(State):
    def __init__(self):
        super().__init__()
        watch_items(type(os.environ), self, "$")


class Settings(State):
    def __init__(self):
        super().__init__()
        watch_items(matplotlib.RcParams, self, "matplotlib ")


class Figures(State):
    """The figures that pyplot knows: drawn to by one statement, drawn to, shown or saved by a later one."""

    def __init__(self):
        super().__init__()
        self.pyplot = sys.modules.get("matplotlib.pyplot")
        self.versions = {}
        if self.pyplot is None:
            return
        self._look(self.pyplot, "show", lambda *_given: self.open())
        self._look(matplotlib.figure.Figure, "savefig", lambda figure, *_given: [figure])

    def _look(self, owner, name, figures):
        original = getattr(owner, name)

        def look(*given, **named):
            for figure in figures(*given):
                self.ask(id(figure))
            return original(*given, **named)

        setattr(owner, name, look)

    def open(self):
        return [] if self.pyplot is None else [self.pyplot.figure(number) for number in self.pyplot.get_fignums()]

    def end(self):
        current = self.pyplot.gcf() if self.pyplot is not None and self.pyplot.get_fignums() else None
        for figure in self.open():
            if version_of(figure) != self.versions.get(id(figure), 0):
                self.ask(id(figure))
                self.set(id(figure))
                self.versions[id(figure)] = version_of(figure)
        if current is not None:
            self.pyplot.figure(current.number)
        return [["figure", setter] for _name, setter in super().end()]

    def end_cell(self):
        """A notebook shows and closes its figures with each cell."""
        if self.pyplot is not None:
            self.pyplot.close("all")
