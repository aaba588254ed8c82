"""Train."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge

from pricing import Discount

from .params import Params
from .settings_of_orders import BOUNDS


def train(scaled: np.ndarray, orders: pd.DataFrame, params: Params) -> dict[str, float]:
    """From cells 6 and 8 of notebook.ipynb."""
    model = Ridge(alpha=params.ALPHA).fit(scaled, orders["price"])
    discount = Discount(0.25)

    # Evaluate
    score = model.score(scaled, orders["price"])
    print(round(score, 6), discount.of(100), BOUNDS)
    return {"score": score}
