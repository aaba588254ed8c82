"""Evaluate."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

import numpy as np
import pandas as pd


class Evaluate(NamedTuple):
    """What the stage hands on."""

    df: pd.DataFrame
    ratio: Any


def evaluate(df: pd.DataFrame) -> Evaluate:
    """From cells 3, 4, 6 and 8 of notebook.ipynb."""
    # Features
    pd.set_option("display.precision", 2)
    np.set_printoptions(precision=3)
    os.environ["SCALE"] = str(len(df))
    df["b"] = df.a * 2

    os.chdir("made")
    df.to_csv("b.csv", index=False)

    # Train
    scale = int(os.environ["SCALE"])
    weights = np.linalg.lstsq(df[["a"]].to_numpy(), df.b.to_numpy() * scale, rcond=None)[0]
    again = pd.read_csv("b.csv")
    print(weights, again)

    os.chdir("..")
    np.seterr(divide="raise")
    try:
        ratio = weights / np.zeros(1)
    except FloatingPointError as error:
        ratio = str(error)
    return Evaluate(df, ratio)
