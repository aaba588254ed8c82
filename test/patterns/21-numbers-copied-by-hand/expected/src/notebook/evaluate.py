"""Evaluate."""

from __future__ import annotations

import pandas as pd

from .params import Params


def evaluate(df: pd.DataFrame, params: Params) -> None:
    """From cell 5 of notebook.ipynb."""
    spread = (df["centred"] ** 2).mean()
    print(spread, params.best_depth)
