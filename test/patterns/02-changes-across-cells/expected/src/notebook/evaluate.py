"""Evaluate."""

from __future__ import annotations

import pandas as pd
from sklearn.linear_model import LogisticRegression


def evaluate(clf: LogisticRegression, df: pd.DataFrame, log: list[str], step: int) -> dict[str, float]:
    """From cell 8 of notebook.ipynb."""
    accuracy = clf.score(df[["a", "b", "c"]], df["y"])
    print(accuracy, log, step)
    return {"accuracy": accuracy}
