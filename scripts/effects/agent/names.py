"""Qualified names to things and back."""

import importlib
import inspect
import sys


def resolve(qualified):
    """The thing that a qualified name means; None where this library has no such thing."""
    pieces = qualified.split(".")
    for end in range(len(pieces), 0, -1):
        try:
            thing = importlib.import_module(".".join(pieces[:end]))
        except Exception:
            continue
        for piece in pieces[end:]:
            try:
                thing = inspect.getattr_static(thing, piece) if isinstance(thing, type) and piece == pieces[-1] else getattr(thing, piece)
            except Exception:
                return None
            if isinstance(thing, (staticmethod, classmethod)):
                thing = thing.__func__
        return thing
    return None


# Classes whose own word is not the one by which they are imported; the tables have one for every open file.
STANDS_FOR = {
    "_io.TextIOWrapper": "builtins.file",
    "_io.BufferedReader": "builtins.file",
    "_io.BufferedWriter": "builtins.file",
    "_io.BufferedRandom": "builtins.file",
    "_io.StringIO": "io.StringIO",
    "_io.BytesIO": "io.BytesIO",
    "_csv.reader": "csv.reader",
    "_csv.writer": "csv.writer",
    "_random.Random": "random.Random",
    "_hashlib.HASH": "hashlib.HASH",
    "_hashlib.HASHXOF": "hashlib.HASH",
    "_blake2.blake2b": "hashlib.HASH",
    "_blake2.blake2s": "hashlib.HASH",
    "_thread.lock": "threading.Lock",
    "_thread.RLock": "threading.Lock",
    "_thread._local": "threading.local",
    "_struct.Struct": "struct.Struct",
    "_queue.SimpleQueue": "queue.SimpleQueue",
    "_contextvars.ContextVar": "contextvars.ContextVar",
    "_contextvars.Context": "contextvars.Context",
    "_weakrefset.WeakSet": "weakref.WeakSet",
}

_public = {}


def public_name(kind):
    """The shortest name by which a class can be imported: pandas.DataFrame, not pandas.core.frame.DataFrame."""
    if kind in _public:
        return _public[kind]
    module, name = kind.__module__ or "builtins", kind.__qualname__
    if f"{module}.{name}" in STANDS_FOR:
        return STANDS_FOR[f"{module}.{name}"]
    best = f"{module}.{name}"
    pieces = module.split(".")
    for end in range(1, len(pieces) + 1):
        prefix = ".".join(pieces[:end])
        found = sys.modules.get(prefix)
        if found is not None and getattr(found, name, None) is kind and not any(piece.startswith("_") for piece in pieces[1:end]):
            best = f"{prefix}.{name}"
            break
    _public[kind] = best
    return best


def type_names(value):
    """Names of a value's class and its bases, `object` left out."""
    kind = type(value)
    names = []
    for base in kind.__mro__:
        if base is object:
            continue
        for name in (public_name(base), f"{base.__module__}.{base.__qualname__}"):
            if name not in names:
                names.append(name)
    return names or [public_name(kind)]


def attribute(owner, name):
    """None where there is none; a module may refuse a name that it has removed with any error."""
    try:
        return getattr(owner, name)
    except Exception:
        return None


def functions_of(module_name, library):
    """Public functions and classes of a module that are the library's own."""
    try:
        module = importlib.import_module(module_name)
    except Exception:
        return []
    listed = getattr(module, "__all__", None)
    names = list(listed) if listed is not None else [name for name in dir(module) if not name.startswith("_")]
    found = []
    for name in names:
        thing = attribute(module, name)
        if thing is None or inspect.ismodule(thing) or not callable(thing) or name.startswith("_"):
            continue
        if isinstance(thing, type) and issubclass(thing, (BaseException,)):
            continue
        home = getattr(thing, "__module__", None) or module_name
        if not isinstance(home, str) or home.split(".")[0].lstrip("_") != library and module_name.split(".")[0] != home.split(".")[0] and home != "builtins" and listed is None:
            continue
        found.append(f"{module_name}.{name}")
    return sorted(set(found))


def methods_of(kind):
    """Names of a class's public methods."""
    found = []
    for name in dir(kind):
        if name.startswith("_"):
            continue
        thing = inspect.getattr_static(kind, name, None)
        if isinstance(thing, property) or thing is None:
            continue
        if isinstance(thing, (staticmethod, classmethod)) or callable(thing) and not isinstance(thing, type):
            found.append(name)
    return found


def forwarded_by(value):
    """Names of methods that an object has of one that stands behind it: it says so itself, with a `__dir__` of its own."""
    if isinstance(value, type) or type(value).__dir__ is object.__dir__:
        return []
    own = set(dir(type(value)))
    return [name for name in dir(value) if not name.startswith("_") and name not in own and inspect.ismethod(attribute(value, name))]


def parameters(thing):
    """[(name, kind, has a default)] without the receiver; None where the signature cannot be had."""
    try:
        signature = inspect.signature(thing)
    except (TypeError, ValueError):
        return None
    return [
        (one.name, one.kind.name, one.default is not inspect.Parameter.empty)
        for one in signature.parameters.values()
    ]
