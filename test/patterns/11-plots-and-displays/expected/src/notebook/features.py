"""Features."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd

from .displays import show, show_figures


def features(df: pd.DataFrame) -> pd.DataFrame:
    """From cells 4 and 5 of notebook.ipynb."""
    df["c"] = df["a"] * df["b"]
    show(df.describe(), name="df_describe")
    fig, ax = plt.subplots()
    ax.scatter(df["a"], df["c"])
    fig.savefig("scatter_of_patterns.png")
    show_figures("ax_scatter")

    show(fig, name="fig")
    return df
