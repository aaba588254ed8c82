"""Evaluate by class."""

from __future__ import annotations

import sqlite3

import pandas as pd
from sklearn.linear_model import LogisticRegression

from .displays import show
from .params import Params


def evaluate(params: Params) -> dict[str, float]:
    """From cells 4 and 6 of notebook.ipynb."""
    # Train on what the database holds
    again = sqlite3.connect("iris.db")
    rows = pd.read_sql("select * from iris order by rowid", again)
    model = LogisticRegression(max_iter=params.max_iter).fit(rows.drop(columns="target"), rows["target"])
    accuracy = model.score(rows.drop(columns="target"), rows["target"])
    print(len(rows), round(accuracy, 3))

    rows["predicted"] = model.predict(rows.drop(columns="target"))
    wrong = rows[rows["predicted"] != rows["target"]]
    by_class = rows.groupby("target")["predicted"].agg(["count", "mean"])
    show(by_class, name="by_class")
    return {"accuracy": accuracy}
