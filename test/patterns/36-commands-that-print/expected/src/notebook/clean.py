"""Clean."""

from __future__ import annotations

import os
import subprocess
from typing import Any, NamedTuple

import pandas as pd
from IPython.utils.text import SList


class Clean(NamedTuple):
    """What the stage hands on."""

    total: int
    files: Any
    names: Any


def clean(cities: pd.DataFrame) -> Clean:
    """From cells 1 and 3 to 5 of notebook.ipynb."""
    os.environ["FETCHED"] = "fetched"

    print("before the command")
    subprocess.run(["echo", "from a program of its own"])
    print("behind it")
    cities["people"] = cities["people"] * 1000

    subprocess.run(
        ["bash", "-c", 'echo "rows: $(wc -l < fetched/cities.csv)"\ncp fetched/cities.csv fetched/copy.csv\n'],
        check=True,
    )

    files = SList(
        subprocess.run("ls fetched", shell=True, check=False, capture_output=True, text=True).stdout.splitlines()
    )
    names = SList(
        subprocess.run("ls fetched/*.csv", shell=True, check=False, capture_output=True, text=True).stdout.splitlines()
    )
    total = int(cities["people"].sum())
    return Clean(total, files, names)
