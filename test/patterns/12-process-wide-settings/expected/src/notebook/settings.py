"""Process-wide settings that the notebook made; every stage begins with them."""

import os
import warnings

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd


def apply() -> None:
    """From cell 1."""
    matplotlib.use("Agg")
    plt.style.use("ggplot")
    plt.rcParams["figure.figsize"] = (4, 3)
    pd.set_option("display.precision", 2)
    np.set_printoptions(precision=3)
    warnings.filterwarnings("ignore")
    os.environ["REPRISE_LEVEL"] = "high"
