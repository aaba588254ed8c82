"""Load."""

from __future__ import annotations

import pandas as pd


def ingest() -> pd.DataFrame:
    """From cell 3 of notebook.ipynb."""
    df = pd.DataFrame({"x": [1.23456, 2.34567]})
    print(df)
    return df
