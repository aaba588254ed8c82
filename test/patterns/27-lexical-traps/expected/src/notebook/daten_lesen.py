"""Daten lesen."""

from __future__ import annotations

from typing import NamedTuple


class DatenLesen(NamedTuple):
    """What the stage hands on."""

    values: list[int]
    x: int
    rest: int
    debug: str
    big: int
    a: int
    others: list[int]
    z: int
    i: int
    last: int
    squares: list[int]


def daten_lesen() -> DatenLesen:
    """From cells 1 and 2 of notebook.ipynb."""
    values = [7, 9, 12]  # why?
    rest = values[0] % 4
    x = 3
    debug = f"{x=}"

    if (n := len(values)) > 2:
        big = n
    a, *others, z = values
    for i, last in enumerate(values):
        pass
    squares = [i * i for i in range(3)]
    return DatenLesen(values, x, rest, debug, big, a, others, z, i, last, squares)
