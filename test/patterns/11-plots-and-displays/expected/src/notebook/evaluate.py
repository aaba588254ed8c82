"""Evaluate."""

from __future__ import annotations

import pandas as pd

from .definitions import Chart
from .displays import show


def evaluate(df: pd.DataFrame) -> None:
    """From cells 7 and 8 of notebook.ipynb."""
    correlation = df["a"].corr(df["c"])
    show(correlation, name="correlation")

    chart = Chart([1, 3, 2])
    show(chart, name="chart")
