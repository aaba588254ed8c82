"""python jupytext.py FOLDER: for every notebook and script in it, what jupytext makes of it, as JSON on stdout."""

import glob
import json
import os
import sys

sys.path.pop(0)  # this file has the name of what it imports

import jupytext  # noqa: E402


def plain(notebook):
    return [
        {"kind": cell.cell_type, "source": cell.source, "tags": cell.metadata.get("tags", [])} for cell in notebook.cells
    ]


answers = {}
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*"))):
    name, ending = os.path.splitext(os.path.basename(path))
    if ending == ".ipynb":
        notebook = jupytext.read(path)
        for fmt, end in (("py:percent", ".py"), ("md:myst", ".md")):
            text = jupytext.writes(notebook, fmt=fmt)
            answers[name + ".from-ipynb" + end] = {"text": text, "cells": plain(jupytext.reads(text, fmt=fmt))}
    else:
        fmt = {".py": "py:percent", ".md": "md:myst"}[ending]
        with open(path, encoding="utf-8") as file:
            text = file.read()
        answers[name + ending] = {"text": text, "cells": plain(jupytext.reads(text, fmt=fmt))}
json.dump(answers, sys.stdout)
