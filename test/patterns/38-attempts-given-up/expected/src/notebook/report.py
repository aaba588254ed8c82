"""Show tables and figures."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .definitions import with_tax


def report(everything: pd.DataFrame, rate: float, rng: Any) -> None:
    """Report.

    From cell 10 of notebook.ipynb.
    """
    everything["gross"] = with_tax(everything["total"], rate=rate)
    sample = everything.iloc[rng.permutation(len(everything))[:10]]
    print(everything["weight"].sum().round(1), everything["gross"].sum().round(2), sample["gross"].mean().round(2))
