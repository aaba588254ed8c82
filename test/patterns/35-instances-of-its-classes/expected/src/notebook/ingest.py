"""Load data."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .definitions import Colour, Level, Mood, Pair, Point, Right, Row, Settings, logger, nothing
from .params import Params


class Ingest(NamedTuple):
    """What the stage hands on."""

    df: pd.DataFrame
    point: Point
    pair: Any
    mood: Any
    rights: Any
    rows: list[Any]
    settings: Settings
    colours: dict[Any, Any]
    counts: defaultdict[Any, Any]


def ingest(params: Params) -> Ingest:
    """From cell 4 of notebook.ipynb."""
    df = pd.DataFrame({"x": np.arange(1.0, 11.0)})
    df["y"] = df.x * 3
    df["level"] = [Level.LOW if value < 5 else Level.HIGH for value in df.x]
    rows = [Row(Level.LOW, 1.5), Row(Level.HIGH, 2.5)]
    settings = Settings(names=["x"], depth=params.depth)
    point = Point(1.0, 2.0)
    pair = Pair("a", 2)
    colours = {Colour.RED: 1, Colour.BLUE: 2}
    mood = Mood.GOOD
    rights = Right.READ | Right.WRITE
    counts = defaultdict(nothing)
    counts["a"][0] += 1
    logger.info("%d rows", len(df))
    return Ingest(df, point, pair, mood, rights, rows, settings, colours, counts)
