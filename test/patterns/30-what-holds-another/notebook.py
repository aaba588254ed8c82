# %% [markdown]
# # Load
# %%
import copy
import pandas as pd
df = pd.DataFrame({"zone": ["a", "b", "a", "c"], "tip": [1.0, 2.0, 4.0, 3.0]})
zones = df.groupby("zone")
# %%
for name, part in zones:
    print(name, len(part.columns))
# %% [markdown]
# # Features
# %%
df["double"] = df["tip"] * 2
class Store:
    def __init__(self, values):
        self.values = values
tips = df["tip"].tolist()
one = Store(tips)
# %%
two = copy.copy(one)
tips.insert(0, 9.0)
# %% [markdown]
# # Evaluate
# %%
two.values.append(zones["double"].sum()["a"])
# %%
print(tips, one.values is two.values, zones["double"].max().tolist())
