"""Functions and classes of the notebook."""


class Store:
    def __init__(self, values):
        self.values = values
