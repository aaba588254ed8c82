"""Functions and classes of the notebook."""


def with_tax(amount, rate):
    return amount * (1 + rate)
