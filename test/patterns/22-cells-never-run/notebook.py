# %% [markdown]
# # Load
# %%
import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3]})
# %% norun
df = load_everything_from_somewhere()
# %% [markdown]
# # Features
# %%
df["b"] = df["a"] * 2
# %% norun
for each model:
    try it
# %% [markdown]
# # Evaluate
# %%
print(df["b"].sum())
