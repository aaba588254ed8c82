"""Show tables and figures."""

from __future__ import annotations

import pandas as pd


def report(df: pd.DataFrame) -> None:
    """Evaluate.

    From cell 7 of notebook.ipynb.
    """
    print(df["b"].sum())
