"""Start."""

from __future__ import annotations

from .definitions import fetch


async def ingest() -> int:
    """From cell 2 of notebook.ipynb."""
    data = await fetch(21)
    return data
