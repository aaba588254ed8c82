"""Features."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd


class Features(NamedTuple):
    """What the stage hands on."""

    df: pd.DataFrame
    log: list[str]
    step: int


def features() -> Features:
    """From cells 1 and 3 of notebook.ipynb."""
    df = pd.DataFrame({"a": np.arange(40.0), "b": np.arange(40.0)[::-1] % 7, "drop_me": 0})
    df["y"] = (df["a"] > 18).astype(int)
    log = ["loaded"]
    step = 1

    df.drop(columns="drop_me", inplace=True)
    df["c"] = df["a"] * df["b"]
    log.append("features")
    step += 1
    return Features(df, log, step)
