"""Saves and gives back the values of a notebook's names, so that a cell need not run again.

A file of the agent: `request` is in its namespace, and what it prints is its answer, as JSON.

{"do": "save", "names": [...], "file": "...", "most": bytes}
    saves the values in one pickle, so that what they share they go on sharing, in a folder that is made where it is
    missing, and looks whether the pickle can be read back.
    {"saved": true, "gone": [names that are not bound]} or {"saved": false, "why": "..."}: then nothing is left.
{"do": "restore", "cells": [{"light": source, "file": "..." or null, "gone": [...]}]}
    runs the imports and definitions of each cell, then binds its values. {"restored": true}, or what went wrong.
"""

import io
import json
import os
import pickle
import sys

# What these libraries' objects are made of survives a pickle as it is.
LIBRARIES = {"builtins", "collections", "copyreg", "datetime", "decimal", "fractions", "functools", "pathlib", "re", "uuid"}
LIBRARIES |= {"_codecs", "_io", "operator", "types", "enum", "numpy", "pandas", "pyarrow", "scipy", "sklearn", "statsmodels"}
LIBRARIES |= {"patsy", "__main__"}
MOST_OBJECTS = 200_000


class Unsaved(Exception):
    """Why a value is not saved."""


class Saver(pickle.Pickler):
    """Refuses what a pickle would not keep as it is."""

    def __init__(self, file):
        super().__init__(file, protocol=5)
        self.arrays = []

    def reducer_override(self, value):
        # Of a function or a class its own module, of anything else that of its class.
        module = getattr(value, "__module__", None) or type(value).__module__
        if module.partition(".")[0] not in LIBRARIES:
            raise Unsaved(f"it holds a {module}.{type(value).__name__}")
        numpy = sys.modules.get("numpy")
        if numpy is not None:
            if isinstance(value, numpy.random.RandomState) and value is numpy.random.mtrand._rand:
                raise Unsaved("it holds the process's own random stream")
            if isinstance(value, numpy.ndarray):
                self.note(value)
        return NotImplemented

    def note(self, array):
        """Two arrays of one memory would be parted."""
        if array.nbytes == 0:
            return
        bounds = array_bounds(array)
        for other, (start, end) in self.arrays:
            if other is not array and bounds[0] < end and start < bounds[1]:
                raise Unsaved("two arrays in it share one memory")
        self.arrays.append((array, bounds))
        if len(self.arrays) > 2000:
            raise Unsaved("it holds thousands of arrays")


def array_bounds(array):
    low = high = array.__array_interface__["data"][0]
    for length, stride in zip(array.shape, array.strides):
        if stride < 0:
            low += stride * (length - 1)
        else:
            high += stride * (length - 1)
    return low, high + array.itemsize


def inspect(values):
    """What pickle keeps, but not as it is: arrays that may not be written, sets whose order would change."""
    numpy = sys.modules.get("numpy")
    waiting, seen = list(values), set()
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if len(seen) > MOST_OBJECTS:
            raise Unsaved("it holds more objects than can be looked at")
        if isinstance(value, (set, frozenset)):
            if len(value) > 1 and list(pickle.loads(pickle.dumps(value))) != list(value):
                raise Unsaved("a set in it would be in another order")
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.keys())
            waiting.extend(value.values())
        elif isinstance(value, (list, tuple)):
            if value and all(type(item) in (int, float, str, bool, type(None)) for item in value):
                continue
            waiting.extend(value)
        elif numpy is not None and isinstance(value, numpy.ndarray):
            if not value.flags.writeable:
                raise Unsaved("it holds an array that may not be written to")
            if type(value) is not numpy.ndarray:
                raise Unsaved(f"it holds a {type(value).__name__}")
        elif type(value).__module__ == "__main__":
            custom = any(
                name in base.__dict__
                for base in type(value).__mro__
                if base.__module__ == "__main__"
                for name in ("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__del__", "__new__")
            )
            if custom:
                raise Unsaved(f"{type(value).__name__} says itself how it is saved")
            waiting.extend(getattr(value, "__dict__", {}).values())


def save(names, file, most):
    space = sys.modules["__main__"].__dict__
    values = {name: space[name] for name in names if name in space}
    try:
        inspect(values.values())
        buffer = io.BytesIO()
        Saver(buffer).dump(values)
        data = buffer.getvalue()
        if len(data) > most:
            raise Unsaved(f"it has {len(data)} bytes")
        if list(pickle.loads(data)) != list(values):
            raise Unsaved("it is not the same when it is read")
    except Unsaved as error:
        return {"saved": False, "why": str(error)}
    except Exception as error:
        return {"saved": False, "why": f"{type(error).__name__}: {error}"[:300]}
    part = f"{file}.{os.getpid()}.part"
    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(part, "wb") as out:
            out.write(data)
        os.replace(part, file)
    except OSError as error:
        return {"saved": False, "why": str(error)}
    return {"saved": True, "gone": [name for name in names if name not in values]}


def restore(cells):
    space = sys.modules["__main__"].__dict__
    try:
        for cell in cells:
            exec(compile(cell["light"], "<reprise>", "exec"), space)
            if cell["file"] is None:
                continue
            with open(cell["file"], "rb") as file:
                values = pickle.load(file)
            space.update(values)
            for name in cell["gone"]:
                space.pop(name, None)
        # Cells are counted as if they had run.
        shell = sys.modules["IPython"].get_ipython()
        shell.execution_count += len(cells)
    except Exception as error:
        return {"restored": False, "why": f"{type(error).__name__}: {error}"[:300]}
    return {"restored": True}


answer = save(request["names"], request["file"], request["most"]) if request["do"] == "save" else restore(request["cells"])  # noqa: F821
print(json.dumps(answer))
