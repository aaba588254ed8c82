"""Functions and classes of the notebook."""

from own_of_patterns import *


def middle(x, mean, round):
    return round(mean(x), 1)


def growth(x, e):
    return x + e
