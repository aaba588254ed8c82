"""Load."""

from __future__ import annotations

import os

import pandas as pd


def ingest() -> pd.DataFrame:
    """From cell 1 of notebook.ipynb."""
    df = pd.DataFrame({"a": [1.23456789, 2.3456789, 3.456789]})
    os.makedirs("made", exist_ok=True)
    print(df)
    return df
