# %% [markdown]
# # Write
# %%
import os
from pathlib import Path
import pandas as pd
BASE = Path("pattern-13")
BASE.mkdir(exist_ok=True)
pd.DataFrame({"a": [1, 2, 3]}).to_csv(BASE / "raw.csv", index=False)
# %% [markdown]
# # Clean
# %%
raw = pd.read_csv(os.path.join("pattern-13", "raw.csv"))
clean = raw[raw["a"] > 1]
clean.to_csv("pattern-13/clean.csv", index=False)
# %% [markdown]
# # Evaluate
# %%
back = pd.read_csv("./pattern-13/clean.csv")
total = back["a"].sum()
print(total, sorted(os.listdir(BASE)))
