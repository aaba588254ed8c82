"""The type of a value as a signature names it: by the shortest path that the class can be imported by."""

from __future__ import annotations

import importlib
import sys
import types
from typing import Any

# More items than this are not looked at: one type seen in the first of them is taken for that of all.
MOST_ITEMS = 1000
MOST_DEPTH = 3
ABSTRACT = {"function": "collections.abc.Callable", "builtin_function_or_method": "collections.abc.Callable", "generator": "collections.abc.Iterator"}


def value_type(value: Any, own: tuple, depth: int = 0) -> dict:
    """`{"name": "builtins.list", "of": [{"name": "builtins.str"}]}`; no `of` where the items are of several types.

    `own` are the names of modules that belong to the project: their classes have no public path.
    """
    kind = type(value)
    name = kind.__name__
    if value is None:
        return {"name": "builtins.NoneType"}
    if kind.__module__ == "builtins" and name in ABSTRACT:
        return {"name": ABSTRACT[name]}
    if isinstance(value, (types.FunctionType, types.MethodType)):
        return {"name": "collections.abc.Callable"}
    described = {"name": public_name(kind, own)}
    if depth >= MOST_DEPTH:
        return described
    if kind is dict:
        parts = [common(list(value)[:MOST_ITEMS], own, depth), common(list(value.values())[:MOST_ITEMS], own, depth)]
        return {**described, "of": parts} if value and None not in parts else described
    if kind is tuple:
        return {**described, "of": [value_type(each, own, depth + 1) for each in value]} if 0 < len(value) <= 4 else described
    if kind in (list, set, frozenset):
        item = common(list(value)[:MOST_ITEMS], own, depth)
        return {**described, "of": [item]} if item is not None else described
    return described


def common(items: list, own: tuple, depth: int) -> Any:
    """The type that all the items have; None where there is none."""
    found: list = []
    for each in items:
        described = value_type(each, own, depth + 1)
        if described not in found:
            found.append(described)
        if len(found) > 1:
            return None
    return found[0] if found else None


def public_name(kind: type, own: tuple) -> str:
    """`sklearn.ensemble.RandomForestClassifier`, which is defined in `sklearn.ensemble._forest`."""
    module, name = kind.__module__ or "", kind.__qualname__
    if module.split(".")[0] in own or "<locals>" in name:
        return f"notebook.{name.rpartition('.')[2]}"
    parts = module.split(".")
    for length in range(1, len(parts)):
        package = ".".join(parts[:length])
        if getattr(loaded(package), name, None) is kind:
            return f"{package}.{name}"
    return f"{module}.{name}"


def loaded(module: str) -> Any:
    """A package above a module that is loaded is loaded too, but for those that load parts of themselves late."""
    if module not in sys.modules:
        try:
            importlib.import_module(module)
        except ImportError:
            return None
    return sys.modules[module]
