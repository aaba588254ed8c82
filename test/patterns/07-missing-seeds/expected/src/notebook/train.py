"""Train."""

from __future__ import annotations

import pandas as pd
from sklearn.ensemble import RandomForestClassifier

from .params import Params


def train(
    keep: list[int], X_train: pd.DataFrame, y_train: pd.Series, X_test: pd.DataFrame, y_test: pd.Series, params: Params
) -> dict[str, float]:
    """From cells 5 and 7 of notebook.ipynb."""
    forest = RandomForestClassifier(n_estimators=params.n_estimators)
    forest.fit(X_train.iloc[keep], y_train.iloc[keep])

    # Evaluate
    accuracy = forest.score(X_test, y_test)
    print(accuracy)
    return {"accuracy": accuracy}
