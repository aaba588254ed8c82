"""Show tables and figures."""

from __future__ import annotations


def report() -> None:
    """From cell 1 of notebook.ipynb."""
    print("settings are made")
