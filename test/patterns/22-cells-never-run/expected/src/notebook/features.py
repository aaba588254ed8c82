"""Features."""

from __future__ import annotations

import pandas as pd


def features(df: pd.DataFrame) -> pd.DataFrame:
    """From cell 4 of notebook.ipynb."""
    df["b"] = df["a"] * 2
    return df
