# %% [markdown]
# # Load
# %%
import numpy as np
import pandas as pd
train = pd.DataFrame({"age": [22.0, None, 30.0, 41.0], "sex": ["m", "f", "f", "m"]})
test = pd.DataFrame({"age": [None, 55.0], "sex": ["f", "m"]})
full = [train, test]
# %% [markdown]
# # Features
# %%
for d in [train, test]:
    d["male"] = (d["sex"] == "m").astype(int)
# %%
for d in full:
    d["age"] = d["age"].fillna(d["age"].median())
same = train
same["old"] = train["age"] > 25
# %% [markdown]
# # Train
# %%
from sklearn.linear_model import LogisticRegression
train["y"] = [0, 1, 1, 0]
model = LogisticRegression().fit(train[["age", "male", "old"]], train["y"])
# %% [markdown]
# # Evaluate
# %%
test["old"] = test["age"] > 25
score = model.predict_proba(test[["age", "male", "old"]])[:, 1].mean()
print(list(same.columns), list(full[1].columns), round(score, 6))
