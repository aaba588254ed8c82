# %% count=1
import pandas as pd
df = pd.DataFrame({"a": [1.0, 2.0, 3.0]})
# %% count=3
df["c"] = df["b"] * 2
print(df["c"].sum())
# %% count=2
df["b"] = df["a"] + offset(1)
# %% gone
def offset(x):
    return x + 10
# %% count=4
total = df["c"].sum()
print(total)
