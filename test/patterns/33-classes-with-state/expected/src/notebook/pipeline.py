"""The whole notebook."""

from __future__ import annotations

from .definitions import Model, priced


def pipeline() -> None:
    """From cells 3, 5 and 7 of notebook.ipynb."""
    # Build
    first = Model("a")
    one = priced(1)

    # Train
    second = Model("b")
    names = [first.name, second.name]

    # Evaluate
    third = Model("c")
    two = priced(1)
    print(Model.count, sorted(third.registry), names, one, two, priced.calls)
