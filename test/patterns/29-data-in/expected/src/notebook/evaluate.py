"""Evaluate."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.svm import SVC


def evaluate(
    forest: RandomForestClassifier,
    X_test: pd.DataFrame,
    y_test: pd.Series,
    boosted: GradientBoostingClassifier,
    machine: SVC,
    headers: dict[Any, Any],
    small: pd.DataFrame,
    prices: pd.DataFrame,
    again: pd.DataFrame,
) -> dict[str, float]:
    """From cell 8 of notebook.ipynb."""
    forest_score_test = forest.score(X_test, y_test)
    boosted_score_test = boosted.score(X_test, y_test)
    machine_score_test = machine.score(X_test, y_test)
    print(forest_score_test, boosted_score_test, machine_score_test)
    print(len(headers["Authorization"]), len(small), prices["price"].sum() + again["price"].sum())
    return {
        "forest_score_test": forest_score_test,
        "boosted_score_test": boosted_score_test,
        "machine_score_test": machine_score_test,
    }
