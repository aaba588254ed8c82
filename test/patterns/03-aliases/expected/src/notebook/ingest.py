"""Load."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Ingest(NamedTuple):
    """What the stage hands on."""

    train: pd.DataFrame
    test: pd.DataFrame
    full: list[pd.DataFrame]


def ingest() -> Ingest:
    """From cell 1 of notebook.ipynb."""
    train = pd.DataFrame({"age": [22.0, None, 30.0, 41.0], "sex": ["m", "f", "f", "m"]})
    test = pd.DataFrame({"age": [None, 55.0], "sex": ["f", "m"]})
    full = [train, test]
    return Ingest(train, test, full)
