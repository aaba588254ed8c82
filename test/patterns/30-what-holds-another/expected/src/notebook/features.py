"""Features."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

import pandas as pd

from .definitions import Store


class Features(NamedTuple):
    """What the stage hands on."""

    zones: Any
    two: Store
    tips: list[float]
    one: Store


def features() -> Features:
    """From cells 1, 2, 4 and 5 of notebook.ipynb."""
    df = pd.DataFrame({"zone": ["a", "b", "a", "c"], "tip": [1.0, 2.0, 4.0, 3.0]})
    zones = df.groupby("zone")

    for name, part in zones:
        print(name, len(part.columns))

    df["double"] = df["tip"] * 2
    tips = df["tip"].tolist()
    one = Store(tips)

    two = copy.copy(one)
    tips.insert(0, 9.0)
    return Features(zones, two, tips, one)
