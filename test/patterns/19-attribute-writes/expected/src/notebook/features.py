"""Features."""

from __future__ import annotations

import pandas as pd


def features() -> pd.DataFrame:
    """From cells 1, 3 and 4 of notebook.ipynb."""
    df = pd.DataFrame({"place": ["a", "b", None, "c"], "value": [1.0, None, 3.0, 4.0]})

    df.place = df.place.fillna("none")
    df.columns = [name.upper() for name in df.columns]
    df.index.name = "row"

    df["VALUE"].fillna(0, inplace=True)
    df["DOUBLE"] = df.VALUE * 2
    return df
