"""Functions and classes of the notebook."""


def half(x):
    return x / 2
