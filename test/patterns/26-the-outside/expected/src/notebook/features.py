"""Features."""

from __future__ import annotations

import datetime
import os
from typing import Any, NamedTuple

import pandas as pd


class Features(NamedTuple):
    """What the stage hands on."""

    df: pd.DataFrame
    total: Any


def features() -> Features:
    """From cells 1 and 3 of notebook.ipynb."""
    os.makedirs("pattern-26", exist_ok=True)

    df = pd.DataFrame({"year": [1990, 2000, 2010]})
    df["age"] = datetime.datetime(2024, 5, 1).year - df["year"]
    total = 0
    for age in df["age"]:
        total += age
    return Features(df, total)
