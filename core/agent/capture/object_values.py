"""Every other object: by the parts that pickle would write, one level at a time.

Pickling itself would give up on a whole model because of one lock inside it. `__reduce_ex__` is shallow, so only the part
that really cannot be written is opaque.
"""

from __future__ import annotations

import copyreg
import threading
from typing import Any

from .caches import caches_of, without_counters
from .graph import Graph, Node, opaque, type_name


def describe(value: Any, graph: Graph) -> Node:
    kind = type(value)
    name = type_name(kind, graph.notebook_modules)
    # Its identity, its queue and the rest of the process that hangs on it are no values of the notebook.
    if issubclass(kind, threading.Thread) or any(base.__name__ == "Executor" and base.__module__ == "concurrent.futures._base" for base in kind.__mro__):
        return opaque(value, "it lives in the process that made it")
    try:
        registered = copyreg.dispatch_table.get(kind)
        reduced = registered(value) if registered is not None else value.__reduce_ex__(4)
    except Exception as error:  # how an object refuses to be pickled is its own choice
        return by_attributes(value, name, f"{error}", graph)
    if isinstance(reduced, str):
        return {"k": "atom", "t": name, "v": reduced}
    return from_reduced(value, name, reduced, graph)


def from_reduced(value: Any, name: str, reduced: tuple, graph: Graph) -> Node:
    function, arguments, state, items, pairs = (*reduced, None, None, None, None)[:5]
    parts: list = []
    if function in (copyreg.__newobj__, copyreg._reconstructor) or function is type(value):
        arguments = arguments[1:] if function is not type(value) else arguments
        rest = [argument for argument in arguments if argument not in (object, None)] if function is copyreg._reconstructor else arguments
        if rest:
            parts.append(["arguments", graph.ref(tuple(rest))])
    else:
        parts += [["made by", graph.ref(function)], ["arguments", graph.ref(tuple(arguments))]]
    attributes(without_counters(type(value), state), caches_of(type(value)), parts, graph)
    if items is not None:
        parts.append(["items", graph.ref(list(items))])
    if pairs is not None:
        parts.append(["pairs", graph.ref(dict(pairs))])
    return {"k": "object", "t": name, "parts": parts}


def attributes(state: Any, caches: tuple, parts: list, graph: Graph) -> None:
    """State is a dict of attributes, a pair of that and the slots, or whatever the class itself understands."""
    if isinstance(state, tuple) and len(state) == 2 and all(half is None or isinstance(half, dict) for half in state):
        state = {**(state[0] or {}), **(state[1] or {})}
    if isinstance(state, dict) and all(isinstance(key, str) for key in state):
        parts += [["." + key, graph.ref(item)] for key, item in state.items() if key not in caches]
    elif state is not None:
        parts.append(["state", graph.ref(state)])


def by_attributes(value: Any, name: str, why: str, graph: Graph) -> Node:
    """What refuses to be pickled: its attributes where it has some, and the rest of it stays opaque."""
    own = getattr(value, "__dict__", None)
    if not isinstance(own, dict) or not own:
        return opaque(value, why or "it cannot be written to a file")
    parts: list = []
    attributes(own, caches_of(type(value)), parts, graph)
    return {"k": "object", "t": name, "parts": parts, "partly": why or "it cannot be written to a file"}
