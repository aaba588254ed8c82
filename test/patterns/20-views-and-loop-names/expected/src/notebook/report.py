"""Show tables and figures."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import Ridge


def report(alpha: float, model: Ridge, head: np.ndarray, rows: np.ndarray, Data: np.ndarray) -> None:
    """Evaluate.

    From cell 7 of notebook.ipynb.
    """
    print(alpha, model.coef_.round(4), head.sum().round(4), rows.mean().round(4), Data.round(4))
