"""Functions and classes of the notebook."""

from dataclasses import dataclass, field

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin


class Mean(BaseEstimator, RegressorMixin):
    def __init__(self, shift=0.0):
        self.shift = shift

    def fit(self, X, y):
        self.mean_ = float(np.mean(y)) + self.shift
        return self

    def predict(self, X):
        return np.full(len(X), self.mean_)


@dataclass
class Result:
    name: str
    values: list = field(default_factory=list)
