"""Runs programs, each in a fork and a copy of the data of its own, and prints what they leave.

Reads {"programs": [{"data": folder or null, "cells": [[statement, ...], ...], "names": [...], "printed": bool}]} from
standard input and prints a JSON list with, for each program, {name: text} of what it left, or {"error": ...}; with
`printed`, what the last statement printed is there as `(printed)`. As in a notebook, no cell draws on what the cell
before it has drawn.
"""

import contextlib
import io
import json
import random
import sys

import matplotlib

matplotlib.use("Agg")
import numpy as np
from forks import in_forks, import_once, new_main
from values import describe_all


def start_streams(seed):
    """What the program does not seed itself starts from here: another start shows which values depend on it."""
    random.seed(seed)
    np.random.seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def close_figures():
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def run(program, _folder):
    start_streams(program.get("start", 0))
    namespace = {}
    new_main(namespace, program)
    out = io.StringIO()
    try:
        for cell in program["cells"]:
            close_figures()
            for statement in cell:
                out = io.StringIO()
                with contextlib.redirect_stdout(out):
                    exec(compile(statement, "<statement>", "exec"), namespace)
    except BaseException as error:
        return {"error": f"{type(error).__name__}: {error}"}
    found = describe_all(program["names"], namespace)
    return {**found, "(printed)": out.getvalue()} if program.get("printed") else found


if __name__ == "__main__":
    job = json.load(sys.stdin)
    import_once([one for program in job["programs"] for cell in program["cells"] for one in cell])
    print(json.dumps(in_forks(job["programs"], run)))
