# %% [markdown]
# # Load
# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.DataFrame({"a": np.arange(40.0), "b": np.arange(40.0)[::-1] % 7, "drop_me": 0})
df["y"] = (df["a"] > 18).astype(int)
log = ["loaded"]
step = 1
# %% [markdown]
# # Features
# %%
df.drop(columns="drop_me", inplace=True)
df["c"] = df["a"] * df["b"]
log.append("features")
step += 1
# %% [markdown]
# # Train
# %%
clf = LogisticRegression(max_iter=500)
# %%
clf.fit(df[["a", "b", "c"]], df["y"])
log.append("trained")
step += 1
# %% [markdown]
# # Evaluate
# %%
accuracy = clf.score(df[["a", "b", "c"]], df["y"])
print(accuracy, log, step)
