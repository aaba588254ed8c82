"""Evaluate."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import FunctionTransformer

from .definitions import Colour, Level, Mood, Point, Right, Settings


def evaluate(
    model: LinearRegression,
    scale: FunctionTransformer,
    df: pd.DataFrame,
    point: Point,
    pair: Any,
    colours: dict[Any, Any],
    mood: Any,
    rights: Any,
    rows: list[Any],
    counts: defaultdict[Any, Any],
    settings: Settings,
) -> dict[str, float]:
    """From cell 8 of notebook.ipynb."""
    score = model.score(scale.transform(df[["x"]]), df.y)
    print(round(score, 3), point.x + pair.right, colours[Colour.RED], mood is Mood.GOOD, rights & Right.READ)
    print(max(rows), df.level.max() is Level.HIGH, dict(counts), counts["c"], settings)
    return {"score": score}
