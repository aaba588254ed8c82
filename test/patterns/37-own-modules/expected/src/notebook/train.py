"""Train."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shop.notes as notes
from shop.models import Forecast

if TYPE_CHECKING:
    import pandas as pd


def train(train_rows: pd.DataFrame, test_rows: pd.DataFrame, orders: pd.DataFrame) -> None:
    """From cells 7, 9 and 10 of notebook.ipynb."""
    forecast = Forecast(["day", "amount"], alpha=0.5).fit(train_rows)

    # Evaluate
    print(round(forecast.error(test_rows), 4), orders["amount"].max())

    print(notes.told())
