"""python marimo.py FOLDER: makes marimo notebooks of every .ipynb, and of every marimo notebook an .ipynb as marimo runs it."""

import glob
import json
import os
import subprocess
import sys

marimo = os.path.join(os.path.dirname(sys.executable), "marimo")
folder = sys.argv[1]
for path in glob.glob(os.path.join(folder, "*.ipynb")):
    out = path[: -len(".ipynb")] + ".converted.py"
    subprocess.run([marimo, "-q", "convert", path, "-o", out], check=True, stdout=subprocess.DEVNULL)


def export(path, sort):
    out = path + ".ipynb"
    ended = subprocess.run(
        [marimo, "-q", "-y", "export", "ipynb", path, "--sort", sort, "-o", out], capture_output=True, text=True
    )
    if ended.returncode != 0 or not os.path.exists(out):
        return None, ended.stderr
    with open(out, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    return [{"kind": cell["cell_type"], "source": "".join(cell["source"])} for cell in cells], ended.stderr


answers = {}
for path in sorted(glob.glob(os.path.join(folder, "*.py"))):
    with open(path, encoding="utf-8") as file:
        answer = {"text": file.read()}
    cells, error = export(path, "topological")
    if cells is None and "UnparsableError" in error:
        # It has no order for cells that it cannot parse, but it has the cells.
        answer["unordered"] = True
        cells, error = export(path, "top-down")
    answer.update({"error": error[-400:]} if cells is None else {"cells": cells})
    answers[os.path.basename(path)] = answer
json.dump(answers, sys.stdout)
