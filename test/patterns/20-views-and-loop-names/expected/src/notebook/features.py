"""Features."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .params import Params


class Features(NamedTuple):
    """What the stage hands on."""

    head: np.ndarray
    rows: np.ndarray
    Data: np.ndarray
    data: np.ndarray


def features(params: Params) -> Features:
    """From cells 1 and 3 of notebook.ipynb."""
    rng = np.random.default_rng(params.seed)
    data = rng.normal(size=(30, 3))
    head = data[:10]
    rows = data[:, 0]

    rng.shuffle(data)
    head *= 2
    Data = data.sum()
    return Features(head, rows, Data, data)
