"""Train."""

from __future__ import annotations

import pandas as pd
from sklearn.linear_model import LogisticRegression


def train(train: pd.DataFrame, test: pd.DataFrame, same: pd.DataFrame, full: list[pd.DataFrame]) -> None:
    """From cells 6 and 8 of notebook.ipynb."""
    train["y"] = [0, 1, 1, 0]
    model = LogisticRegression().fit(train[["age", "male", "old"]], train["y"])

    # Evaluate
    test["old"] = test["age"] > 25
    score = model.predict_proba(test[["age", "male", "old"]])[:, 1].mean()
    print(list(same.columns), list(full[1].columns), round(score, 6))
