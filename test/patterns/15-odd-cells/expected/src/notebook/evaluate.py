"""Evaluate."""

from __future__ import annotations

import numpy as np


def evaluate(data: int) -> None:
    """From cells 6 and 8 of notebook.ipynb."""
    values = np.arange(data)
    scaled = values / data

    mean = float(scaled.mean())
    print(mean)
