"""Reads pickles whose classes are not here: the notebook's own, which lived in its kernel or live in the project."""

from __future__ import annotations

import io
import pickle
import types
from typing import Any


class Stand:
    """In place of an instance of a class that is not here: it keeps what was pickled of it."""

    def __new__(cls, *arguments: Any, **options: Any) -> Any:
        made = super().__new__(cls)
        if arguments or options:
            made.__dict__["arguments"] = (arguments, options)
        return made

    def __init__(self, *arguments: Any, **options: Any) -> None:
        pass


def find_class(unpickler: Any, module: str, name: str) -> Any:
    """The class of a library; a stand-in for one of the notebook, wherever it lives."""
    if module != "__main__":
        try:
            return pickle._Unpickler.find_class(unpickler, module, name)  # type: ignore[attr-defined]
        except (ImportError, AttributeError):
            pass
    return type(name.rpartition(".")[2], (Stand,), {"__module__": "__main__", "__qualname__": name})


class Unpickler(pickle._Unpickler):  # type: ignore[name-defined]
    find_class = find_class


def load(file: Any, **options: Any) -> Any:
    return Unpickler(file, **options).load()


def loads(data: bytes) -> Any:
    return load(io.BytesIO(data))


def load_joblib(data: bytes) -> Any:
    """joblib has no place to hand an unpickler in."""
    import joblib
    from joblib.numpy_pickle import NumpyUnpickler

    NumpyUnpickler.find_class = find_class
    try:
        return joblib.load(io.BytesIO(data))
    finally:
        del NumpyUnpickler.find_class


def load_torch(data: bytes) -> Any:
    import torch

    module = types.ModuleType("lenient_pickle")
    module.Unpickler, module.load = Unpickler, load  # type: ignore[attr-defined]
    return torch.load(io.BytesIO(data), map_location="cpu", pickle_module=module, weights_only=False)
