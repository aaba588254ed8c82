"""The whole notebook."""

from __future__ import annotations

from .definitions import collect, counter
from .displays import show


def pipeline() -> None:
    """From cells 1, 3 and 5 of notebook.ipynb."""
    rate = 0.5

    def scaled(x, by=rate):
        return x * by

    tick = counter()

    # Use
    collect("a")
    rate = 2.0
    first = scaled(10)
    show(tick(), name="tick")

    # Evaluate
    collect("b")
    print(collect("c"), first, scaled(10), tick(), rate)
