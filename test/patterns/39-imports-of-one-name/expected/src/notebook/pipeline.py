"""The whole notebook."""

from __future__ import annotations

import builtins

from own_of_patterns import *

from .definitions import growth, middle


def pipeline() -> None:
    """From cells 3, 5 and 7 of notebook.ipynb."""
    from datetime import datetime
    from math import sqrt
    from statistics import mean

    from own_of_patterns import double

    round = builtins.round
    # Enumerate
    start = datetime(2020, 1, 1)
    root = sqrt(2)
    twice = double(3)
    first = middle([1, 2, 4], mean=mean, round=round)
    numbered = dict(enumerate([first, root]))

    # Filter
    import datetime

    end = datetime.datetime(2021, 1, 1)
    from numpy import sqrt

    roots = sqrt([1, 4])
    e = 5
    grown = growth(1, e=e)

    def double(x):
        return 20 * x

    whole = list(filter(lambda each: each > 1, roots))

    # Mean
    def mean(x):
        return 100 * len(x)

    from numpy import round

    last = middle([1, 2, 4], mean=mean, round=round)
    print(end - start, root, roots, grown, twice, double(3), first, last, numbered, whole)
