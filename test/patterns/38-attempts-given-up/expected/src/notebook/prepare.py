"""Prepare the data."""

from __future__ import annotations

from typing import Any

import numpy as np

from .params import Params


def prepare(params: Params) -> Any:
    """Some cells failed, one was never run. What they would have bound anew is what it was before: the table that
    has a second name, the function that reads a global, the stream of random numbers that nobody drew from. What
    a cell did before it failed is done: the table has a weight.

    From cell 1 of notebook.ipynb.
    """
    rng = np.random.default_rng(params.seed)
    return rng
