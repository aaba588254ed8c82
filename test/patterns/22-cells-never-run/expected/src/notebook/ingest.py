"""Load."""

from __future__ import annotations

import pandas as pd


def ingest() -> pd.DataFrame:
    """From cell 1 of notebook.ipynb."""
    df = pd.DataFrame({"a": [1, 2, 3]})
    return df
