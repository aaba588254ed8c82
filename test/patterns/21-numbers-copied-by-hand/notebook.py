# %% [markdown]
# # Load
# %%
import pandas as pd
df = pd.DataFrame({"a": [1.5, 2.5, 4.0, 8.25]})
df["a"].mean()
# %% [markdown]
# # Features
# %%
df["centred"] = df["a"] - 4.0625
best_depth = 3
# %% [markdown]
# # Evaluate
# %%
spread = (df["centred"] ** 2).mean()
print(spread, best_depth)
