"""Train model."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import FunctionTransformer

from .definitions import Colour, Settings, logarithm, logger


class Train(NamedTuple):
    """What the stage hands on."""

    model: LinearRegression
    scale: FunctionTransformer
    colours: dict[Any, Any]
    counts: defaultdict[Any, Any]
    settings: Settings


def train(settings: Settings, df: pd.DataFrame, colours: dict[Any, Any], counts: defaultdict[Any, Any]) -> Train:
    """From cell 6 of notebook.ipynb."""
    settings.depth += 1
    scale = FunctionTransformer(logarithm)
    model = LinearRegression().fit(scale.fit_transform(df[settings.names]), df.y)
    colours[Colour.RED] += 1
    counts["b"][1] += 5
    logger.info("fitted")
    return Train(model, scale, colours, counts, settings)
