# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
X = np.random.RandomState(0).rand(20, 2)
y = (X[:, 0] > 0.5).astype(int)
table = pd.DataFrame({"m": [LogisticRegression(), LogisticRegression(C=2)]})
other = pd.DataFrame({"k": [1, 2]})
# %%
for m in table["m"]:
    m.fit(X, y)
# %%
first = table["m"].iloc[0].coef_
# %%
other["lists"] = [[1], [2]]
# %%
other["lists"].iloc[0].append(5)
# %%
second = other.loc[0, "lists"]
# %%
other["lists"].apply(lambda one: one.append(7))
# %%
third = other["lists"].tolist()
# %%
models = pd.Series([LogisticRegression()], index=["a"])
models["a"].fit(X, y)
# %%
c = models["a"].coef_
# %%
for row in other.itertuples():
    row.lists.append(row.k)
# %%
for i, row in other.iterrows():
    row["lists"].append(i)
# %%
fourth = other.to_dict()
