"""Train."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from sklearn.linear_model import LogisticRegression

from .params import Params


class Train(NamedTuple):
    """What the stage hands on."""

    clf: LogisticRegression
    log: list[str]
    step: int


def train(df: pd.DataFrame, log: list[str], step: int, params: Params) -> Train:
    """From cells 5 and 6 of notebook.ipynb."""
    clf = LogisticRegression(max_iter=params.max_iter)

    clf.fit(df[["a", "b", "c"]], df["y"])
    log.append("trained")
    step += 1
    return Train(clf, log, step)
