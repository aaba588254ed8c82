"""The whole notebook."""

from __future__ import annotations


def pipeline() -> None:
    """From cells 1, 2, 4, 5 and 7 of notebook.ipynb."""

    class Counter:
        def __init__(self, n=0):
            self.n = n

        def most(self):
            return self.n

    old = Counter(3)

    def inner(x):
        return x + 1

    def outer(x):
        return inner(x) * 10

    kept = outer
    a = outer(1)

    # Second
    from collections import Counter

    new = Counter("aab")

    def inner(x):
        return x + 100

    b = kept(1)

    class Base:
        size = 1

    class Derived(Base):
        pass

    class Base:
        size = 2

    # Evaluate
    print(old.most(), new.most_common(1), a, b, Derived().size, Base().size)
