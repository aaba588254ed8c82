"""The whole notebook."""

from __future__ import annotations

import sqlite3
import threading

import pandas as pd


def pipeline() -> None:
    """From cells 1, 3 and 5 of notebook.ipynb."""
    con = sqlite3.connect(":memory:")
    lock = threading.Lock()
    pd.DataFrame({"a": [1, 2, 3]}).to_sql("t", con, index=False)
    squares = (n * n for n in range(5))

    # Work
    with lock:
        rows = con.execute("select a from t").fetchall()
    first = next(squares)

    # Evaluate
    rest = list(squares)
    df = pd.read_sql("select sum(a) s from t", con)
    print(rows, first, rest, df["s"][0])
    con.close()
