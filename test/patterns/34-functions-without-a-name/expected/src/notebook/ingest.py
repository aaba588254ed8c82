"""Load."""

from __future__ import annotations

import pandas as pd


def ingest() -> pd.DataFrame:
    """From cell 1 of notebook.ipynb."""
    rides = pd.DataFrame(
        {"km": [1.0, 3.0, 8.0, 2.0, 5.0, 4.0], "zone": list("abacbb"), "fare": [4.0, 8.0, 19.0, 6.0, 12.0, 10.0]}
    )
    OFFSET = 1.0
    return rides
