# %% [markdown]
# # Load
# %%
import pandas as pd
df = pd.DataFrame({"age": [22, 35, None, 51, 40, 29], "fare": [7.2, 71.3, 8.0, 51.8, 13.0, 26.5]})
# %% [markdown]
# # Prepare
# %%
df = df.dropna()
x = df["age"]
# %%
if x.mean() > 30:
    x = x - x.mean()
    df = df.assign(centred=x)
else:
    df = df.assign(centred=0.0)
# %% [markdown]
# # Evaluate
# %%
x = df["fare"]
x = x / x.max()
total = float((x * df["centred"]).sum())
print(total)
# %%
for x in [1, 2, 3]:
    pass
print(x, len(df))
