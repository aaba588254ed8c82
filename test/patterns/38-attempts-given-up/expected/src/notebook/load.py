"""Load."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd


class Load(NamedTuple):
    """What the stage hands on."""

    rng: Any
    orders: pd.DataFrame
    everything: pd.DataFrame


def load_stage(rng: Any) -> Load:
    """From cell 3 of notebook.ipynb."""
    orders = pd.DataFrame({"price": rng.gamma(2.0, 10.0, 60).round(2), "pieces": rng.integers(1, 6, 60)})
    everything = orders
    rate = 0.19
    return Load(rng, orders, everything)
