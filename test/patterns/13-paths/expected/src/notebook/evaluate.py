"""Evaluate."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from .params import Params


def evaluate(params: Params) -> None:
    """From cell 5 of notebook.ipynb."""
    back = pd.read_csv("./pattern-13/clean.csv")
    total = back["a"].sum()
    print(total, sorted(os.listdir(Path(params.BASE))))
