# %% [markdown]
# # Load
# %%
import pandas as pd
df = pd.DataFrame({"place": ["a", "b", None, "c"], "value": [1.0, None, 3.0, 4.0]})
# %% [markdown]
# # Features
# %%
df.place = df.place.fillna("none")
df.columns = [name.upper() for name in df.columns]
df.index.name = "row"
# %%
df["VALUE"].fillna(0, inplace=True)
df["DOUBLE"] = df.VALUE * 2
# %% [markdown]
# # Evaluate
# %%
df.loc[df["PLACE"] == "none", "DOUBLE"] = -1
print(df.index.name, df["DOUBLE"].tolist(), df["VALUE"].isna().sum())
