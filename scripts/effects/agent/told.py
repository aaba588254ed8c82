"""What is told of arguments and results: by which names, and what they have to do with each other."""

import contextlib
import os

import names
import sharing


def labels(keys):
    return sorted(str(key) for key in keys)


def items(value):
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, (list, tuple)) else []


def each_once(values):
    """An object that is given twice, as in `add(x, y, out=x)`, counts as what it is given as last."""
    last = {id(value): key for key, value in values.items()}
    return {key: value for key, value in values.items() if last[id(value)] == key}


def keeps(tracked, reached):
    """[in, what]: arguments that another argument holds since the call."""
    found = []
    for holder, value in tracked.items():
        now = {id(part) for part in sharing.parts(value)}
        for key, other in tracked.items():
            if key != holder and id(other) in now and id(other) not in reached[holder]:
                found.append([str(holder), str(key)])
    return found


def is_setting(value):
    """A list of names or numbers says how to do something: nobody changes it afterwards."""
    return type(value) in (list, dict, set) and not any(sharing.is_mutable(item) for item in items(value))


def constant(value):
    return value if isinstance(value, (str, int, float, bool, type(None))) and not (isinstance(value, float) and value != value) else "..."


def argument_of(path, given):
    """The argument that names a path."""
    for key, value in given.items():
        for one in (value, *items(value)):
            with contextlib.suppress(Exception):
                text = os.fspath(one)
                if text and os.path.realpath(text) == os.path.realpath(path):
                    return str(key)
                if text and (os.path.realpath(path).startswith(os.path.realpath(text) + os.sep) or os.path.realpath(path).startswith(os.path.realpath(text))) and os.path.realpath(text) != os.getcwd():
                    return str(key)
    return None


def describe(value, depth=0):
    fact = {"types": names.type_names(value), "mutable": sharing.is_mutable(value)}
    if depth < 2:
        if isinstance(value, tuple) and type(value) is tuple:
            fact["items"] = [describe(item, depth + 1) for item in value[:6]]
        elif type(value) in (list, dict, set) and value:
            fact["element"] = describe(next(iter(items(value) or value)), depth + 1)
    return fact
