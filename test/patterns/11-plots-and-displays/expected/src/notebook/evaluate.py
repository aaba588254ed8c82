"""Evaluate."""

from __future__ import annotations

import pandas as pd

from .displays import show


def evaluate(df: pd.DataFrame) -> None:
    """From cell 7 of notebook.ipynb."""
    correlation = df["a"].corr(df["c"])
    show(correlation, name="correlation")
