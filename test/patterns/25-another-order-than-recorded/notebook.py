# %% count=1
import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3]})
# %% count=3
total = df["a"].sum()
print(total)
# %% count=2
df["a"] = df["a"] * 10
# %% count=4
print(total + 1)
