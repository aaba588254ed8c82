# %%
import numpy as np
import pandas as pd
frame = pd.DataFrame({"a": [3, 1, 2], "b": [1.5, 2.5, 3.5], "g": list("xyx")})
same = frame
copy = frame.copy()
# %%
same["c"] = same["a"] * 2
values = frame[["a", "c"]].to_numpy()
column = copy["b"]
# %%
total = float(frame["c"].sum() + values.sum())
copy.loc[copy["a"] > 1, "b"] = 0
checked = float(copy["b"].sum())
# %%
grid = np.arange(12).reshape(3, 4)
row = grid[1]
flat = grid.ravel()
turned = grid.T
# %%
row[:] = 100
flat[0] = -1
turned[3, 2] = 7
# %%
corner = int(grid[0, 0] + grid[1, 2] + grid[2, 3])
doubled = grid * 2
grid += 1
summed = int(grid.sum() + doubled.sum())
# %%
tables = {"train": frame, "test": copy}
for name, table in tables.items():
    table["rank"] = table["a"].rank()
tables["train"].drop(columns=["g"], inplace=True)
shape = (frame.shape, copy.shape)
# %%
parts = [part for _, part in copy.groupby("g")]
parts[0]["b"] = 9
left = float(copy["b"].sum())
taken = frame.pop("rank")
names = list(frame.columns)
