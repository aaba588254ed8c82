"""Split."""

from __future__ import annotations

import random
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

from .params import Params


class Features(NamedTuple):
    """What the stage hands on."""

    keep: list[int]
    X_train: pd.DataFrame
    y_train: pd.Series
    X_test: pd.DataFrame
    y_test: pd.Series


def features(params: Params) -> Features:
    """From cells 1 and 3 of notebook.ipynb."""
    X = pd.DataFrame({"a": np.random.rand(80), "b": np.random.rand(80)})
    y = (X["a"] + X["b"] + np.random.normal(0, 0.1, 80) > 1).astype(int)

    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=params.test_size)
    keep = random.sample(range(len(X_train)), 50)
    return Features(keep, X_train, y_train, X_test, y_test)
