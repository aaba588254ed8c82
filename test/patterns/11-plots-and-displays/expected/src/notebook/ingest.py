"""Load."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd

from .displays import show, show_figures


def ingest() -> pd.DataFrame:
    """From cells 1 and 2 of notebook.ipynb."""
    df = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2.0, 4.0, 5.0, 9.0]})
    show(df.head(2), name="df_head")

    df["a"].plot(kind="hist", title="a")
    show_figures("df_plot")
    plt.gray()
    show_figures("df_plot")
    return df
