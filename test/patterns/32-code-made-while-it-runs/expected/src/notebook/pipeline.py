"""The whole notebook."""

# ruff: noqa: F821
# mypy: disable-error-code="name-defined"
from dataclasses import dataclass, fields

import pandas as pd  # noqa: F401 (named in a text)

from .params import Params


def pipeline(params: Params) -> None:
    """From cells 1, 3 and 5 of notebook.ipynb."""
    # Code that is made while it runs binds and reads names: they are the module's, as they were the notebook's.
    global Part
    global base
    global best
    global i
    global key
    global kinds
    global made
    global part
    global parts
    base = params.base
    parts = []

    @dataclass
    class Part:
        number: int
        total: float

        def keep(self):
            parts.append(self.number)

    for i in range(3):
        exec(f"df_{i} = pd.DataFrame({{'a': [{i}, base]}})", globals())

    # Totals
    for i in range(3):
        globals()[f"total_{i}"] = globals()[f"df_{i}"].a.sum()
    kinds = [field.type for field in fields(Part)]
    print(total_1, df_2)

    # Together
    made = [Part(i, float(eval(f"total_{i}"))) for i in range(3)]
    for part in made:
        part.keep()
    exec("best = max(made, key=lambda part: part.total)", globals())
    print(best, parts, kinds, total_0 + params.base)
