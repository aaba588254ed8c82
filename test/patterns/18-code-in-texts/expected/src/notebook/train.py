"""Train."""

from typing import Any

import numpy as np  # noqa: F401 (named in a text)
import pandas as pd
import statsmodels.formula.api as smf

from .definitions import half  # noqa: F401 (named in a text)
from .params import Params


def train(part: "pd.DataFrame", ratio: Any, rng: Any, df: "pd.DataFrame", low: Any, params: Params) -> None:
    """From cells 5 and 7 of notebook.ipynb."""
    limit = params.limit
    wanted = params.wanted
    model = smf.ols("y ~ half(dose) + np.log(w)", data=part).fit()
    slope = model.params.iloc[1]

    # Evaluate
    most = eval("wanted + 2")
    print(
        most,
        round(slope, 3),
        len(part),
        round(ratio.mean(), 3),
        "{limit} {low:.2f}".format(**{**globals(), **locals()}),
    )
