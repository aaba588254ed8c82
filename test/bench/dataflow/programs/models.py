# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.model_selection import train_test_split, GridSearchCV
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
rng = np.random.default_rng(0)
data = pd.DataFrame({"a": rng.normal(size=60), "b": rng.normal(size=60)})
data["y"] = (data["a"] + data["b"] > 0).astype(int)
# %%
features = ["a", "b"]
X_train, X_test, y_train, y_test = train_test_split(data[features], data["y"], random_state=1)
scaler = StandardScaler()
X_train = pd.DataFrame(scaler.fit_transform(X_train), columns=features)
X_test = pd.DataFrame(scaler.transform(X_test), columns=features)
# %%
models = {"plain": LogisticRegression(), "strong": LogisticRegression(C=0.01)}
scores = {}
for name, model in models.items():
    model.fit(X_train, y_train)
    scores[name] = round(model.score(X_test, y_test), 3)
best = max(scores, key=scores.get)
# %%
winner = models[best]
weights = winner.coef_
before = weights.copy()
winner.fit(X_test, y_test)
changed = bool((winner.coef_ != before).any())
# %%
pipe = Pipeline([("scale", StandardScaler()), ("model", SGDClassifier(random_state=0))])
search = GridSearchCV(pipe, {"model__alpha": [0.001, 0.1]}, cv=2)
search.fit(data[features], data["y"])
inner = search.best_estimator_.named_steps["scale"]
mean = round(float(inner.mean_[0]), 4)
# %%
online = SGDClassifier(random_state=1)
for start in range(0, 60, 20):
    part = data.iloc[start:start + 20]
    online.partial_fit(part[features], part["y"], classes=[0, 1])
guess = online.predict(data[features])
data["guess"] = guess
right = float((data["guess"] == data["y"]).mean())
