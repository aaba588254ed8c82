"""Show tables and figures."""

from __future__ import annotations

import os
import sys


def report() -> None:
    """From cell 1 of notebook.ipynb."""
    sys.path.append(os.path.abspath("src"))

    print("settings are made")
