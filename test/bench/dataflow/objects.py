"""The objects that names reach: what each is made of, as shallow states that can be compared, and what it holds."""

import collections
import functools
import hashlib
import inspect
import io
import random
import sqlite3
import types

import numpy as np
import pandas as pd
from matplotlib import figure

ATOMS = (type(None), bool, int, float, complex, str, bytes, range, type(Ellipsis))
MOST_OBJECTS = 20_000


def digest(data):
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def is_atom(value):
    return isinstance(value, ATOMS) or isinstance(value, (np.generic, types.ModuleType, types.BuiltinFunctionType))


def label(value):
    """What stands for a part of an object: an atom by its value, another object by its identity."""
    return (type(value).__name__, repr(value)) if is_atom(value) and not isinstance(value, types.ModuleType) else id(value)


def array_state(value):
    if value.dtype == object:
        return (value.shape, [label(one) for one in value.ravel().tolist()])
    return (value.shape, str(value.dtype), digest(np.ascontiguousarray(value).tobytes()))


def column_state(values):
    if isinstance(values, np.ndarray) and values.dtype != object:
        return array_state(values)
    return (str(values.dtype), digest(repr(list(values)).encode()))


def table_state(value):
    index = digest(repr((list(value.index), value.index.names)).encode())
    if isinstance(value, pd.Series):
        return (repr(value.name), index, column_state(value.array.to_numpy() if hasattr(value.array, "to_numpy") else value.array))
    columns = [column_state(value.iloc[:, at].array) for at in range(value.shape[1])]
    return (repr(list(value.columns)), index, columns, repr(value.attrs))


def parts_of(value):
    """The shallow state of an object, and the objects that it holds; `None` for what is not followed."""
    if isinstance(value, (list, tuple, collections.deque)):
        return [label(one) for one in value], list(value)
    if isinstance(value, dict):
        items = list(dict.items(value))
        return [(label(key), label(one)) for key, one in items], [part for item in items for part in item]
    if isinstance(value, (set, frozenset)):
        return frozenset(label(one) for one in value), list(value)
    if isinstance(value, np.ndarray):
        held = value.ravel().tolist() if value.dtype == object else []
        return array_state(value), held
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return table_state(value), []
    if isinstance(value, pd.Index):
        return (repr(list(value)), repr(value.names)), []
    if isinstance(value, types.FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or () if not is_empty(cell)]
        held = [*cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values(), *value.__dict__.values()]
        return [label(one) for one in held], held
    if isinstance(value, types.MethodType):
        return [id(value.__self__)], [value.__self__]
    if isinstance(value, functools.partial):
        held = [value.func, *value.args, *value.keywords.values()]
        return [label(one) for one in held], held
    if isinstance(value, types.GeneratorType):
        frame = value.gi_frame
        if frame is None:
            return "done", []
        held = list(frame.f_locals.values())
        return [frame.f_lasti, *(label(one) for one in held)], held
    if isinstance(value, random.Random):
        return digest(repr(value.getstate()).encode()), []
    if isinstance(value, np.random.Generator):
        return digest(repr(value.bit_generator.state).encode()), []
    if isinstance(value, np.random.RandomState):
        return digest(repr(value.get_state()).encode()), []
    if isinstance(value, io.IOBase):
        return ("closed",) if value.closed else (value.tell(),) if value.seekable() else (), []
    return instance_parts(value)


def is_empty(cell):
    try:
        cell.cell_contents
    except ValueError:
        return True
    return False


def instance_parts(value):
    kind = type(value)
    if isinstance(value, type):
        if value.__module__ != "__main__":
            return None
        members = {name: one for name, one in vars(value).items() if not name.startswith("__") or name == "__init__"}
        members = {name: getattr(one, "__func__", one) for name, one in members.items()}
        return [(name, label(one)) for name, one in members.items()], list(members.values())
    if kind.__module__.startswith("torch") and hasattr(value, "detach"):
        grad = value.grad if value.is_leaf else None
        return (array_state(value.detach().cpu().numpy()), label(grad)), [] if grad is None else [grad]
    if kind.__module__ == "sqlite3":
        return (list(value.iterdump()), []) if isinstance(value, sqlite3.Connection) else None
    if isinstance(value, figure.Figure):
        return version_of(value), []
    if kind.__module__.split(".")[0] in ("matplotlib", "seaborn", "mpl_toolkits"):
        drawn_on = getattr(value, "figure", None)
        return ("drawn", [drawn_on]) if isinstance(drawn_on, figure.Figure) else None
    if kind.__module__ in ("builtins", "itertools") and inspect.isclass(kind) and hasattr(value, "__next__"):
        try:
            reduced = value.__reduce__()
        except TypeError:
            return None
        held = [one for one in reduced[1:] if one is not None]
        flat = [inner for one in held for inner in (one if isinstance(one, tuple) else (one,))]
        return [label(one) for one in flat], flat
    members = dict(getattr(value, "__dict__", {}))
    for one in kind.__mro__:
        slots = one.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if hasattr(value, name) and not name.startswith("__"):
                members[name] = getattr(value, name)
    held = list(members.values())
    if isinstance(value, (collections.UserDict, collections.UserList)):
        held.append(value.data)
    return [(name, label(one)) for name, one in members.items()], held


versions = {}


def version_of(drawn):
    """How often a figure was seen to have been drawn on: whatever draws marks it as stale."""
    if drawn.stale:
        versions[id(drawn)] = versions.get(id(drawn), 0) + 1
        drawn.stale = False
    return versions.get(id(drawn), 0)


class Graph:
    """The objects that names reach at one moment."""

    def __init__(self, names, keep):
        self.states = {}
        self.held = {}
        self.names = {name: id(value) for name, value in names.items() if not is_atom(value)}
        stack = [value for value in names.values() if not is_atom(value)]
        while stack and len(self.states) < MOST_OBJECTS:
            value = stack.pop()
            key = id(value)
            if key in self.states:
                continue
            keep[key] = value
            parts = parts_of(value)
            self.states[key], held = ("opaque", []) if parts is None else parts
            inner = [one for one in held if not is_atom(one)]
            self.held[key] = [id(one) for one in inner]
            stack.extend(inner)

    def reached(self, name):
        """The identities of all that a name reaches."""
        start = self.names.get(name)
        seen = set() if start is None else {start}
        stack = list(seen)
        while stack:
            for key in self.held.get(stack.pop(), ()):
                if key not in seen:
                    seen.add(key)
                    stack.append(key)
        return seen
