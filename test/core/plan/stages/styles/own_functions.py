# %%
import numpy as np
import pandas as pd
import torch
from lab import Reader, measure
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error
from sklearn.preprocessing import StandardScaler
# %%
def load_signals(folder):
    return Reader(folder).all()

def read_labels(path):
    return pd.read_csv(path)["label"]

def scaled(X):
    return StandardScaler().fit_transform(X)

def make_features(signals):
    return np.stack([measure(each) for each in signals])

def best_of(models, X, y):
    return min((fitted(each, X, y) for each in models), key=lambda each: mean_absolute_error(y, each.predict(X)))

def fitted(model, X, y):
    return model.fit(X, y)
# %%
signals = load_signals("signals")
y = read_labels("labels.csv")
# %%
X = make_features(signals)
X = scaled(X)
n = int(0.8 * len(X))
# %%
candidates = [Ridge(alpha=alpha) for alpha in (0.1, 1.0)]
model = best_of(candidates, X[:n], y[:n])
# %%
def judged(model, X, y):
    error = mean_absolute_error(y, model.predict(X))
    print(error)
    return error

error = judged(model, X[n:], y[n:])
worst = np.abs(model.predict(X[n:]) - y[n:]).max()
print(error, worst)
