"""Show tables and figures."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pandas as pd


def report(df: pd.DataFrame, ratio: Any) -> None:
    """From cells 3, 4, 8 and 9 of notebook.ipynb."""
    pd.set_option("display.precision", 2)
    np.set_printoptions(precision=3)

    os.chdir("made")

    os.chdir("..")
    np.seterr(divide="raise")

    print(df.tail(2), ratio, sorted(os.listdir("made")))
