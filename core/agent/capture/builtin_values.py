"""Python's own types."""

from __future__ import annotations

import json
import sys
from array import array
from typing import Any, Optional

from .blocks import of_bytes
from .caches import caches_of
from .code_text import code_form, code_key
from .graph import Graph, Node, opaque, type_name

# Longer runs of plain values are kept in pieces of so many.
LONGEST_IN_GRAPH = 1 << 16

ATOMS = (int, float, str, bool, type(None))


def atom(value: Any, graph: Graph) -> Optional[Node]:
    kind = type(value)
    if kind in ATOMS:
        if kind is int and value.bit_length() > 53:
            return {"k": "atom", "t": "int", "v": hex(value)}
        return {"k": "atom", "t": kind.__name__, "v": value}
    if kind is complex:
        return {"k": "atom", "t": "complex", "v": [value.real, value.imag]}
    return None  # a subclass: described as an object, with what it adds


def singleton(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": type(value).__name__, "v": repr(value)}


def octets(value: Any, graph: Graph) -> Optional[Node]:
    if type(value) not in (bytes, bytearray, memoryview):
        return None
    data = bytes(value)
    return {"k": "bytes", "t": type(value).__name__, "blob": graph.blob(data)}


def sequence(value: Any, graph: Graph) -> Node:
    """Lists, tuples and what derives from them; long runs of one plain type are kept together."""
    kind = type(value)
    node: Node = {"k": "seq", "t": type_name(kind, graph.notebook_modules)}
    items = list(kind.__iter__(value)) if kind.__iter__ in (list.__iter__, tuple.__iter__) else list(value)
    packed = pack(items, graph)
    if packed is not None:
        node.update(packed)
    else:
        node["items"] = [graph.ref(item) for item in items]
    fields = getattr(kind, "_fields", None)
    if isinstance(fields, tuple) and isinstance(value, tuple):
        node["fields"] = [str(field) for field in fields]
    return with_attributes(node, value, graph)


def pack(items: list, graph: Graph) -> Optional[Node]:
    """A list of nothing but ints, floats, texts or truth values, as plain JSON; a long one in pieces, beside the graph."""
    if not items:
        return {"e": "none", "v": []}
    kind = type(items[0])
    if kind not in (int, float, str, bool) or any(type(item) is not kind for item in items):
        return None
    if kind is int and any(item.bit_length() > 53 for item in items):
        items = [hex(item) for item in items]
    if len(items) <= LONGEST_IN_GRAPH:
        return {"e": kind.__name__, "v": items}
    if kind is float:
        numbers = array("d", items)
        if sys.byteorder == "big":
            numbers.byteswap()
        return {"e": "float", "n": len(items), "blob": graph.blocks(of_bytes(numbers), 8 * len(items), "<f8")}
    pieces = (items[at : at + LONGEST_IN_GRAPH] for at in range(0, len(items), LONGEST_IN_GRAPH))
    chunks = [graph.blob(json.dumps(piece, separators=(",", ":")).encode()) for piece in pieces]
    return {"e": kind.__name__, "n": len(items), "chunks": chunks}


def mapping(value: Any, graph: Graph) -> Node:
    pairs = list(dict.items(value)) if isinstance(value, dict) else list(value.items())
    node: Node = {"k": "map", "t": type_name(type(value), graph.notebook_modules)}
    node["keys"] = [graph.ref(key) for key, _ in pairs]
    node["values"] = [graph.ref(item) for _, item in pairs]
    factory = getattr(value, "default_factory", None)
    if factory is not None:
        node["factory"] = graph.ref(factory)
    return with_attributes(node, value, graph)


def collection(value: Any, graph: Graph) -> Node:
    """Sets: their order means nothing, so members stand in an order of their own."""
    if len(value) > 1 and not all(has_stable_text(member) for member in value):
        return opaque(value, "a set of objects has no order to compare it by")
    members = sorted(value, key=lambda member: (type(member).__name__, order_key(member)))
    return {
        "k": "set",
        "t": type_name(type(value), graph.notebook_modules),
        "items": [graph.ref(member) for member in members],
    }


def has_stable_text(member: Any) -> bool:
    """Whether `repr` says the same of equal members in every process."""
    waiting = [member]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (tuple, frozenset)):
            waiting.extend(one)
        elif type(one).__repr__ is object.__repr__ or callable(one):
            return False
    return True


def order_key(member: Any) -> str:
    if isinstance(member, frozenset):
        return repr(sorted(order_key(inner) for inner in member))
    return repr(member)


def ordered_set(value: Any, graph: Graph) -> Node:
    """Views of a dict, and deques."""
    node = {"k": "seq", "t": type_name(type(value), graph.notebook_modules), "items": [graph.ref(item) for item in value]}
    if getattr(value, "maxlen", None) is not None:
        node["maxlen"] = value.maxlen
    return node


def by_text(value: Any, graph: Graph) -> Node:
    """Small values whose `repr` says all that they are."""
    return {"k": "atom", "t": type_name(type(value), graph.notebook_modules), "v": repr(value)}


def pattern(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": "re.Pattern", "v": f"{value.pattern!r} with flags {value.flags}"}


def match(value: Any, graph: Graph) -> Node:
    """What a regular expression found, and where."""
    parts = [["pattern", graph.ref(value.re)], ["text", graph.ref(value.string)], ["places", graph.ref(value.regs)]]
    return {"k": "object", "t": "re.Match", "parts": parts}


def module(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": "module", "v": value.__name__}


# What every class has, and what says how it was written rather than what it is.
OF_EVERY_CLASS = {
    "__dict__", "__weakref__", "__doc__", "__module__", "__qualname__", "__annotations__", "__annotate_func__", "__annotations_cache__",
    "__firstlineno__", "__static_attributes__", "__slotnames__", "_abc_impl", "__classcell__", "__type_params__",
}


def class_object(value: Any, graph: Graph) -> Node:
    """A library's class by its name; the notebook's own by what it holds: state that instances share, and methods."""
    name = type_name(value, graph.notebook_modules)
    if not name.startswith("notebook."):
        return {"k": "atom", "t": "type", "v": name}
    parts = [["bases", graph.ref(value.__bases__)]]
    parts += [["." + at, graph.ref(item)] for at, item in value.__dict__.items() if at not in OF_EVERY_CLASS]
    return {"k": "object", "t": name, "parts": parts}


def wrapped(value: Any, graph: Graph) -> Node:
    """Static and class methods."""
    return {"k": "object", "t": type(value).__name__, "parts": [["function", graph.ref(value.__func__)]]}


def cached_function(value: Any, graph: Graph) -> Node:
    """`functools.lru_cache` pickles by name, and where the function stands is no part of what it does."""
    parts = [["function", graph.ref(value.__wrapped__)], ["cache", graph.ref(value.cache_parameters())]]
    return {"k": "object", "t": "functools.lru_cache", "parts": parts}


def computed(value: Any, graph: Graph) -> Node:
    parts = [[name, graph.ref(getattr(value, "f" + name))] for name in ("get", "set", "del")]
    return {"k": "object", "t": "property", "parts": parts}


def slot(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": "slot", "v": value.__name__}


def member_of_enum(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": type_name(type(value), graph.notebook_modules), "v": str(value.name)}


def function(value: Any, graph: Graph) -> Node:
    """A library's function by its name; the notebook's own, and one that a library makes as it runs, by its code, its
    defaults and what it has captured."""
    own = any(
        value.__module__ == name or str(value.__module__).startswith(name + ".") for name in graph.notebook_modules
    )
    if not own and not (value.__closure__ and "<locals>" in value.__qualname__):
        return {"k": "atom", "t": "function", "v": f"{value.__module__}.{value.__qualname__}"}
    captured = []
    for cell in value.__closure__ or ():
        try:
            captured.append(graph.ref(cell.cell_contents))
        except ValueError:
            captured.append(graph.node({"k": "atom", "t": "cell", "v": "empty"}))
    return {
        "k": "function",
        "t": "function",
        "name": value.__name__,
        "code": code_key(value.__code__),
        "form": code_form(value.__code__),
        "defaults": graph.ref(value.__defaults__),
        "keyword_defaults": graph.ref(value.__kwdefaults__),
        "captured": captured,
    }


def generator(value: Any, graph: Graph) -> Node:
    """Where it stands: its code, the place in it, and its variables. What it has given is gone, and is no part of it."""
    frame = value.gi_frame
    parts = [["place", graph.ref(-1 if frame is None else frame.f_lasti)]]
    if frame is not None:
        parts.append(["variables", graph.ref(dict(frame.f_locals))])
    code = value.gi_code
    return {"k": "generator", "t": "generator", "code": code_key(code), "form": code_form(code), "parts": parts}


def with_attributes(node: Node, value: Any, graph: Graph) -> Node:
    """Adds what a subclass of a container keeps besides its items."""
    own = getattr(value, "__dict__", None)
    caches = caches_of(type(value))
    attributes = {name: item for name, item in own.items() if name not in caches} if isinstance(own, dict) else {}
    if attributes:
        node["attributes"] = graph.ref(attributes)
    return node


TABLE = {
    **{("builtins", kind.__name__): atom for kind in (*ATOMS, complex)},
    ("builtins", "ellipsis"): singleton,
    ("builtins", "NotImplementedType"): singleton,
    **{("builtins", name): octets for name in ("bytes", "bytearray", "memoryview")},
    ("builtins", "list"): sequence,
    ("builtins", "tuple"): sequence,
    ("IPython", "SList"): sequence,
    ("builtins", "dict"): mapping,
    ("builtins", "mappingproxy"): mapping,
    ("builtins", "set"): collection,
    ("builtins", "frozenset"): collection,
    ("builtins", "dict_keys"): ordered_set,
    ("builtins", "dict_values"): ordered_set,
    ("builtins", "dict_items"): ordered_set,
    ("collections", "deque"): ordered_set,
    ("builtins", "module"): module,
    ("builtins", "type"): class_object,
    ("builtins", "staticmethod"): wrapped,
    ("builtins", "classmethod"): wrapped,
    ("builtins", "property"): computed,
    ("functools", "_lru_cache_wrapper"): cached_function,
    **{("builtins", name): slot for name in ("member_descriptor", "getset_descriptor", "wrapper_descriptor", "method_descriptor")},
    ("builtins", "function"): function,
    ("builtins", "generator"): generator,
    ("enum", "Enum"): member_of_enum,
    **{("datetime", name): by_text for name in ("date", "time", "timedelta", "timezone")},
    **{(module_of, name): by_text for module_of, name in (("decimal", "Decimal"), ("fractions", "Fraction"), ("uuid", "UUID"))},
    **{("pathlib", name): by_text for name in ("PurePosixPath", "PureWindowsPath")},
    **{("zoneinfo", "ZoneInfo"): by_text},
    ("re", "Pattern"): pattern,
    ("re", "Match"): match,
}
