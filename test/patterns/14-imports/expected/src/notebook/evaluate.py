"""Evaluate."""

from __future__ import annotations

import os.path
from typing import Any

import local_of_patterns as lp

from .definitions import area


def evaluate(text: Any, root: float) -> None:
    """From cell 5 of notebook.ipynb."""
    print(text, root, round(area(2), 3), lp.FACTOR, os.path.basename("a/b"))
