from sklearn.linear_model import Ridge

from . import notes


class Forecast:
    """A model that remembers what it was trained on."""

    def __init__(self, columns, alpha=1.0):
        self.columns = columns
        self.model = Ridge(alpha=alpha)

    def fit(self, table):
        self.model.fit(table[self.columns], table["price"])
        notes.note(f"trained on {len(table)} rows")
        return self

    def error(self, table):
        return float(abs(self.model.predict(table[self.columns]) - table["price"]).mean())
