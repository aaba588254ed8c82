"""Train."""

from __future__ import annotations

import glob
import os
from typing import Any, NamedTuple

import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC

from .params import Params


class Train(NamedTuple):
    """What the stage hands on."""

    forest: RandomForestClassifier
    X_test: pd.DataFrame
    y_test: pd.Series
    boosted: GradientBoostingClassifier
    machine: SVC
    headers: dict[Any, Any]
    small: pd.DataFrame
    prices: pd.DataFrame
    again: pd.DataFrame


def train(params: Params) -> Train:
    """From cells 4 and 6 of notebook.ipynb."""
    # Load
    orders = pd.concat([pd.read_csv(path) for path in sorted(glob.glob(params.parts_files))], ignore_index=True)
    prices = pd.read_csv(os.path.join(params.DATA_DIR, "prices.csv"))
    again = pd.read_csv(params.prices_path)
    headers = {"Authorization": params.api_key}

    X_train, X_test, y_train, y_test = train_test_split(
        orders[["a", "b"]], orders["y"], test_size=params.share, random_state=params.SEED
    )
    small, large = train_test_split(orders, test_size=params.share, random_state=params.SEED)
    forest = RandomForestClassifier(
        n_estimators=params.n_estimators, max_depth=params.max_depth, random_state=params.SEED
    ).fit(X_train, y_train)
    boosted = GradientBoostingClassifier(
        n_estimators=params.gradient_boosting_classifier_n_estimators, random_state=params.SEED
    ).fit(X_train, y_train)
    machine = SVC(C=params.C, kernel=params.kernel, gamma=params.gamma).fit(X_train, y_train)
    return Train(forest, X_test, y_test, boosted, machine, headers, small, prices, again)
