"""Load."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler

from pricing import asked, with_tax

from .params import Params
from .settings_of_orders import read_orders


class Ingest(NamedTuple):
    """What the stage hands on."""

    scaled: np.ndarray
    orders: pd.DataFrame


def ingest(params: Params) -> Ingest:
    """From cells 3 and 4 of notebook.ipynb."""
    orders = read_orders(params.N_ROWS)
    orders["price"] = orders["size"] * 3.0 + orders["age"]
    orders = orders[orders["price"] > 0]
    largest = orders["price"].max()
    orders["price"] = with_tax(orders["price"])
    orders["asked"] = asked(len(orders))

    scaler = StandardScaler()
    scaled = scaler.fit_transform(orders[["size", "age"]])
    scaled.mean(axis=0).round(6)
    return Ingest(scaled, orders)
