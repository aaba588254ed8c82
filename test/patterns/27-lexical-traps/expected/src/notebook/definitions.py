"""Functions and classes of the notebook."""

factor = 2


class Config:
    scale = factor
    names = [n for n in "ab"]


f = lambda v, k=factor: v * k


def counting():
    hits = 0

    def hit():
        nonlocal hits
        hits += 1
        return hits

    hit()
    return hit()


class Box:
    n = 0
