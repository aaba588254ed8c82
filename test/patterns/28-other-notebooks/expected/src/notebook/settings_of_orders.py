"""What settings_of_orders.py defines."""

import numpy as np
import pandas as pd

BOUNDS = [0, 50]


def read_orders(n):
    """Invents orders."""
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"size": rng.integers(0, 60, n), "age": rng.normal(size=n)})
    return frame[frame["size"].between(*BOUNDS)].reset_index(drop=True)
