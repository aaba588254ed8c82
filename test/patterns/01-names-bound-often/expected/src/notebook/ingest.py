"""Load."""

from __future__ import annotations

import pandas as pd


def ingest() -> pd.DataFrame:
    """From cell 1 of notebook.ipynb."""
    df = pd.DataFrame({"age": [22, 35, None, 51, 40, 29], "fare": [7.2, 71.3, 8.0, 51.8, 13.0, 26.5]})
    return df
