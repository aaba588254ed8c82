"""Runs programs, each in a process of its own, and prints a fingerprint of the values that they leave.

Reads {"folder": ..., "programs": [{"statements": [...], "names": [...]}]} from standard input and prints a JSON list
with, for each program, {name: fingerprint} of what it left, or {"error": ...}.
"""

import hashlib
import json
import os
import sys
import types

import matplotlib

matplotlib.use("Agg")
import numpy as np
import pandas as pd


class Shell:
    """What magics become, without IPython."""

    def run_line_magic(self, *given):
        return None

    run_cell_magic = run_line_magic
    system = getoutput = run_line_magic


def describe(value, depth=0):
    """A value as text: equal for equal values, `None` for what cannot be compared so."""
    if value is None or isinstance(value, (bool, int, str, bytes)):
        return repr(value)
    if isinstance(value, (float, np.generic)):
        return repr(value)
    if isinstance(value, np.ndarray):
        return f"{value.dtype}{value.shape}{hashlib.sha256(repr(value.tolist()).encode()).hexdigest()}"
    if isinstance(value, (pd.DataFrame, pd.Series, pd.Index)):
        return hashlib.sha256(f"{type(value)}{value.to_dict() if hasattr(value, 'to_dict') else list(value)}".encode()).hexdigest()
    if depth > 4:
        return None
    if isinstance(value, (list, tuple)):
        parts = [describe(one, depth + 1) for one in value]
        return None if None in parts else f"{type(value).__name__}{parts}"
    if isinstance(value, dict):
        parts = [(repr(key), describe(one, depth + 1)) for key, one in value.items()]
        return None if any(one is None for _, one in parts) else f"dict{parts}"
    if type(value).__module__.startswith("sklearn."):
        parts = [(key, describe(one, depth + 1)) for key, one in sorted(getattr(value, "__dict__", {}).items())]
        return f"{type(value).__name__}{[part for part in parts if part[1] is not None]}"
    if type(value).__module__.startswith("torch") and hasattr(value, "detach"):
        return f"tensor{value.detach().cpu().numpy().tolist()}"
    return None


def run(statements, names):
    namespace = {"__name__": "__main__", "get_ipython": Shell, "display": lambda *given: None}
    module = types.ModuleType("__main__")
    module.__dict__.update(namespace)
    sys.modules["__main__"] = module
    try:
        for statement in statements:
            exec(compile(statement, "<statement>", "exec"), module.__dict__)
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"}
    found = {name: describe(module.__dict__[name]) for name in names if name in module.__dict__}
    return {name: text for name, text in found.items() if text is not None}


def in_process(statements, names):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        sys.stdout = open(os.devnull, "w")
        with os.fdopen(writer, "w") as out:
            try:
                found = run(statements, names)
            except BaseException as error:
                found = {"error": f"cannot compare: {error!r}"}
            json.dump(found, out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as given:
        text = given.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"error": "the process died"}


job = json.load(sys.stdin)
os.chdir(job["folder"])
print(json.dumps([in_process(one["statements"], one["names"]) for one in job["programs"]]))
