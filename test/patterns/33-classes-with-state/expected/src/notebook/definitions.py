"""Functions and classes of the notebook."""


class Model:
    count = 0
    registry = {}

    def __init__(self, name):
        Model.count += 1
        self.registry[name] = self
        self.name = name


def priced(x):
    priced.calls = getattr(priced, "calls", 0) + 1
    return x + priced.calls
