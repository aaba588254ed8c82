"""Features."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .params import Params


class Features(NamedTuple):
    """What the stage hands on."""

    part: pd.DataFrame
    ratio: Any
    rng: Any
    df: pd.DataFrame
    low: Any


def features(params: Params) -> Features:
    """From cells 1 and 3 of notebook.ipynb."""
    limit = params.limit
    rng = np.random.default_rng(params.seed)
    df = pd.DataFrame({"dose": rng.uniform(1, 9, 60), "w": rng.uniform(1, 5, 60)})
    df["y"] = 3 * df["dose"] - df["w"] + rng.normal(0, 0.1, 60)
    low = df["dose"].median()

    part = df.query("dose > @low and w > @limit")
    ratio = part.eval("dose / w")
    return Features(part, ratio, rng, df, low)
