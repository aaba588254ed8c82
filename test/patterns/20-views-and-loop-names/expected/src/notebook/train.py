"""Train."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from sklearn.linear_model import Ridge


class Train(NamedTuple):
    """What the stage hands on."""

    alpha: float
    model: Ridge


def train(data: np.ndarray) -> Train:
    """From cell 5 of notebook.ipynb."""
    for alpha in [0.1, 1.0, 10.0]:
        model = Ridge(alpha=alpha).fit(data[:, :2], data[:, 2])
    return Train(alpha, model)
