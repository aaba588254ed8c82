"""Evaluate."""

from __future__ import annotations

import os
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd


def evaluate(df: pd.DataFrame) -> None:
    """From cell 5 of notebook.ipynb."""
    print(np.array([1.23456, 7.0]), os.environ["REPRISE_LEVEL"], plt.rcParams["figure.figsize"])
    warnings.warn("not shown")
    mean = df["x"].mean()
    print(mean)
