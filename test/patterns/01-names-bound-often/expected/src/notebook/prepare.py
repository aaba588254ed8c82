"""Prepare."""

from __future__ import annotations

import pandas as pd


def prepare(df: pd.DataFrame) -> pd.DataFrame:
    """From cells 3 and 4 of notebook.ipynb."""
    df = df.dropna()
    x = df["age"]

    if x.mean() > 30:
        x = x - x.mean()
        df = df.assign(centred=x)
    else:
        df = df.assign(centred=0.0)
    return df
