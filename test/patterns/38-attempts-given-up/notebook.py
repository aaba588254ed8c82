# %% [markdown]
# # What the attempts of an afternoon left behind
# Some cells failed, one was never run. What they would have bound anew is what it was before: the table that has a
# second name, the function that reads a global, the stream of random numbers that nobody drew from. What a cell did
# before it failed is done: the table has a weight.
# %%
import numpy as np
import pandas as pd

rng = np.random.default_rng(7)
# %% [markdown]
# ## Load
# %% tags=reprise:stage=load
orders = pd.DataFrame({"price": rng.gamma(2.0, 10.0, 60).round(2), "pieces": rng.integers(1, 6, 60)})
everything = orders
rate = 0.19


def with_tax(amount):
    return amount * (1 + rate)


# %% error
orders = orders.drop(columns=["discount"])
# %% error
orders["weight"] = orders["pieces"] * 0.4
orders["gross"] = with_tax(orders["cost"])


def with_tax(amount, rate=rate):
    return amount * (1 + rate)


# %% norun
rng = np.random.default_rng(8)
# %% [markdown]
# ## Clean
# %% tags=reprise:stage=clean
orders["total"] = orders["price"] * orders["pieces"]
orders.loc[orders["total"] > 200, "total"] = 200
rate = 0.07
orders.shape
# %% [markdown]
# ## Report
# %% tags=reprise:stage=report
everything["gross"] = with_tax(everything["total"])
sample = everything.iloc[rng.permutation(len(everything))[:10]]
print(everything["weight"].sum().round(1), everything["gross"].sum().round(2), sample["gross"].mean().round(2))
