"""Load."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shop import clean, read_orders

from .displays import show
from .params import Params

if TYPE_CHECKING:
    import pandas as pd


class Ingest(NamedTuple):
    """What the stage hands on."""

    train_rows: pd.DataFrame
    test_rows: pd.DataFrame
    orders: pd.DataFrame


def ingest(params: Params) -> Ingest:
    """From cells 3 and 5 of notebook.ipynb."""
    orders = read_orders(params.orders_path)
    whole = clean(orders, most=40)
    show(whole.describe(), name="whole_describe")

    # Prepare
    whole["weekend"] = whole["day"] >= 5
    whole["per_piece"] = whole["price"] / whole["amount"]
    train_rows = whole[whole["day"] != 3]
    test_rows = whole[whole["day"] == 3]
    return Ingest(train_rows, test_rows, orders)
