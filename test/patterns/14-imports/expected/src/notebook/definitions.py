"""Functions and classes of the notebook."""

from math import pi


def area(r):
    return pi * r**2
