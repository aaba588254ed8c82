# %% [markdown]
# # Load
# %%
import pandas as pd
import matplotlib.pyplot as plt
df = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2.0, 4.0, 5.0, 9.0]})
df.head(2)
# %%
df["a"].plot(kind="hist", title="a")
plt.show()
# %% [markdown]
# # Features
# %%
df["c"] = df["a"] * df["b"]
display(df.describe())
fig, ax = plt.subplots()
ax.scatter(df["a"], df["c"])
fig.savefig("scatter_of_patterns.png")
# %%
fig
# %% [markdown]
# # Evaluate
# %%
correlation = df["a"].corr(df["c"])
correlation
