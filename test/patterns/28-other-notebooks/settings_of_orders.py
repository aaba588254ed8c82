"""What every notebook about orders begins with."""
import numpy as np
import pandas as pd

N_ROWS = 40  # how many orders are invented
ALPHA = 0.5
BOUNDS = [0, 50]


def read_orders(n):
    """Invents orders."""
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"size": rng.integers(0, 60, n), "age": rng.normal(size=n)})
    return frame[frame["size"].between(*BOUNDS)].reset_index(drop=True)


if __name__ == "__main__":
    print("settings are made")
