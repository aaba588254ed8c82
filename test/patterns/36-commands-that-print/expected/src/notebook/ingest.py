"""Fetch."""

from __future__ import annotations

import os
import subprocess

import pandas as pd


def ingest() -> pd.DataFrame:
    """From cell 1 of notebook.ipynb."""
    subprocess.run("mkdir -p fetched", shell=True, check=False)
    subprocess.run("printf 'city,people\\nOslo,709\\nBergen,291\\n' | tee fetched/cities.csv", shell=True, check=False)
    os.environ["FETCHED"] = "fetched"
    cities = pd.read_csv(f"{os.environ['FETCHED']}/cities.csv")
    return cities
