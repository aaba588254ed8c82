# %% [markdown]
# # Set up
# %%
%matplotlib inline
%load_ext autoreload
%autoreload 2
!echo ready
import os
import pandas as pd
# %%
%%writefile helper_of_magics.py
def double(x):
    return 2 * x
# %%
%env REPRISE_PATTERN=seven
from helper_of_magics import double
# %% [markdown]
# # Work
# %%
%time total = sum(range(1000))
%timeit -n 1 -r 1 sum(range(10))
# %%
lines = !echo one && echo two
name = "three"
more = !echo {name}
# %%
%%time
df = pd.DataFrame({"x": [double(total), len(lines)]})
# %%
%%capture out
print("hidden")
df["y"] = df["x"] + 1
# %% [markdown]
# # Show
# %%
print(df["y"].sum(), list(lines), list(more), os.environ["REPRISE_PATTERN"])
# %%
df?
