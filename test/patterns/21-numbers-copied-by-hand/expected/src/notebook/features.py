"""Features."""

from __future__ import annotations

import pandas as pd

from .displays import show


def features() -> pd.DataFrame:
    """From cells 1 and 3 of notebook.ipynb."""
    df = pd.DataFrame({"a": [1.5, 2.5, 4.0, 8.25]})
    show(df["a"].mean(), name="df_mean")

    df["centred"] = df["a"] - 4.0625
    return df
