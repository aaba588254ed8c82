"""Clean."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from .displays import show


class Clean(NamedTuple):
    """What the stage hands on."""

    everything: pd.DataFrame
    rate: float


def clean(orders: pd.DataFrame, everything: pd.DataFrame) -> Clean:
    """From cell 8 of notebook.ipynb."""
    orders["total"] = orders["price"] * orders["pieces"]
    orders.loc[orders["total"] > 200, "total"] = 200
    rate = 0.07
    show(orders.shape, name="orders_shape")
    return Clean(everything, rate)
