"""The whole notebook."""

from __future__ import annotations

import os
import subprocess

import pandas as pd

from helper_of_magics import double


def pipeline() -> None:
    """From cells 5 to 8 and 10 of notebook.ipynb."""
    # Work
    total = sum(range(1000))

    lines = subprocess.run(
        "echo one && echo two", shell=True, check=False, capture_output=True, text=True
    ).stdout.splitlines()
    name = "three"
    more = subprocess.run(f"echo {name}", shell=True, check=False, capture_output=True, text=True).stdout.splitlines()

    df = pd.DataFrame({"x": [double(total), len(lines)]})

    df["y"] = df["x"] + 1

    # Show
    print(df["y"].sum(), list(lines), list(more), os.environ["REPRISE_PATTERN"])
