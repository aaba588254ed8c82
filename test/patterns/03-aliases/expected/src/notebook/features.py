"""Features."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Features(NamedTuple):
    """What the stage hands on."""

    train: pd.DataFrame
    test: pd.DataFrame
    same: pd.DataFrame
    full: list[pd.DataFrame]


def features(train: pd.DataFrame, test: pd.DataFrame, full: list[pd.DataFrame]) -> Features:
    """From cells 3 and 4 of notebook.ipynb."""
    for d in [train, test]:
        d["male"] = (d["sex"] == "m").astype(int)

    for d in full:
        d["age"] = d["age"].fillna(d["age"].median())
    same = train
    same["old"] = train["age"] > 25
    return Features(train, test, same, full)
