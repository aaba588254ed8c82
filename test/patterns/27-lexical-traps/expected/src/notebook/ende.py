"""Ende."""

from __future__ import annotations

import os.path
import re

from .definitions import Box, Config, counting, f


def ende(
    values: list[int],
    x: int,
    rest: int,
    debug: str,
    big: int,
    a: int,
    others: list[int],
    z: int,
    i: int,
    last: int,
    squares: list[int],
) -> None:
    """From cells 1, 4, 5, 8 and 10 of notebook.ipynb."""
    text = """%matplotlib inline
!ls
100 % sure"""

    # 特徴量
    match values:
        case [first, *tail]:
            picked = first + len(tail)
        case _:
            picked = 0
    del x
    x = 5
    total: int
    total = sum(values)

    try:
        int("no")
    except ValueError as problem:
        told = str(problem)
    with open(os.path.join("pattern-27.txt"), "w") as file:
        file.write("ok")

    # 特徴量
    box = Box()
    box.n += 4

    print(rest, debug, big, a, others, z, i, last, squares, picked, x, total, told)
    print(Config.scale, f(3), counting(), box.n, text.splitlines()[2], re.sub("a", "b", "a"))
