"""Clean."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from .params import Params


def clean(params: Params) -> None:
    """From cells 1 and 3 of notebook.ipynb."""
    Path(params.BASE).mkdir(exist_ok=True)
    pd.DataFrame({"a": [1, 2, 3]}).to_csv(Path(params.BASE) / "raw.csv", index=False)

    raw = pd.read_csv(os.path.join("pattern-13", "raw.csv"))
    clean = raw[raw["a"] > 1]
    clean.to_csv("pattern-13/clean.csv", index=False)
