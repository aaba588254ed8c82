"""Save."""

from __future__ import annotations

from typing import Any

import pandas as pd


def save_stage(df: pd.DataFrame, total: Any) -> None:
    """From cell 5 of notebook.ipynb."""
    df.to_csv("pattern-26/ages.csv", index=False)
    back = pd.read_csv("pattern-26/ages.csv")
    print(total, back.shape)
