"""The whole notebook."""

from __future__ import annotations

import pandas as pd


def pipeline() -> None:
    """From cells 0 to 3 of notebook.ipynb."""
    df = pd.DataFrame({"a": [1, 2, 3]})

    total = df["a"].sum()
    print(total)

    df["a"] = df["a"] * 10

    print(total + 1)
