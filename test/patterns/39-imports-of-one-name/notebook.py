# %% [markdown]
# # Imports of one name
# %%
from math import *
from own_of_patterns import *
from datetime import datetime
from statistics import mean
# %% [markdown]
# # Enumerate
# %%
start = datetime(2020, 1, 1)
root = sqrt(2)
twice = double(3)
def middle(x):
    return round(mean(x), 1)
def growth(x):
    return x + e
first = middle([1, 2, 4])
numbered = dict(enumerate([first, root]))
# %% [markdown]
# # Filter
# %%
import datetime
from numpy import *
end = datetime.datetime(2021, 1, 1)
roots = sqrt([1, 4])
e = 5
grown = growth(1)
def double(x):
    return 20 * x
whole = list(filter(lambda each: each > 1, roots))
# %% [markdown]
# # Mean
# %%
def mean(x):
    return 100 * len(x)
last = middle([1, 2, 4])
print(end - start, root, roots, grown, twice, double(3), first, last, numbered, whole)
