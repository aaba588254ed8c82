"""Train."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .definitions import Mean, Result


class Train(NamedTuple):
    """What the stage hands on."""

    results: list[Any]
    models: dict[Any, Any]
    X: np.ndarray
    y: np.ndarray


def train() -> Train:
    """From cell 3 of notebook.ipynb."""
    X = np.arange(10.0).reshape(-1, 1)
    y = X.ravel() * 2
    models = {"plain": Mean().fit(X, y), "shifted": Mean(shift=1.0).fit(X, y)}
    results = [Result(name) for name in models]
    return Train(results, models, X, y)
