"""Make orders."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class MakeOrders(NamedTuple):
    """What the stage hands on."""

    orders: pd.DataFrame
    everything: pd.DataFrame


def make_orders(orders: pd.DataFrame, everything: pd.DataFrame) -> MakeOrders:
    """From cell 5 of notebook.ipynb."""
    orders["weight"] = orders["pieces"] * 0.4
    return MakeOrders(orders, everything)
