# %% [markdown]
# # RFM example
# %%
import pandas as pd
# %% [markdown]
# ## Sales
# %%
df = pd.read_csv("sales.csv")
# %%
df = df.dropna()
# %% [markdown]
# ## R score
# %%
df_r = df[["Customer", "Recency"]].sort_values("Recency")
# %%
df_r["RScore"] = pd.cut(df_r["Recency"], 5, labels=False)
# %% [markdown]
# ## F score and M score
# %%
df_f = df[["Customer", "Frequency"]].sort_values("Frequency")
# %%
df_f["FScore"] = pd.cut(df_f["Frequency"], 5, labels=False)
# %% [markdown]
# ## RFM score
# %%
rfm = df_r.merge(df_f, on="Customer")
# %%
rfm["Score"] = rfm["RScore"] + rfm["FScore"]
rfm.to_csv("rfm.csv")
