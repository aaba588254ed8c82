"""The whole notebook."""

from __future__ import annotations

import pandas as pd

from .definitions import ratio
from .params import Params


def pipeline(params: Params) -> None:
    """From cells 1, 2, 4 and 6 of notebook.ipynb."""
    df = pd.DataFrame({"income": [1000.0, 2500.0, 4000.0, 800.0], "debt": [100.0, 900.0, 50.0, 700.0]})
    threshold = 0.3
    ceiling = df["income"].quantile(0.9)

    def risky(frame, limit=threshold):
        return ratio(frame, ceiling=ceiling) > limit

    class Scorer:
        def score(self, frame):
            return float(risky(frame).mean() + params.WEIGHT)

    # Features
    threshold = 0.9
    df["ratio"] = ratio(df, ceiling=ceiling)
    df["risky"] = risky(df)

    # Evaluate
    scorer = Scorer()
    result = scorer.score(df)
    print(result, threshold, df["risky"].sum())
