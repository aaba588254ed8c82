# %% [markdown]
# # Imports
# %%
from math import *
import os.path, json as js
try:
    import ujson_that_is_not_there as fast_json
except ImportError:
    fast_json = js
from local_of_patterns import scale, FACTOR
import local_of_patterns as lp
# %% [markdown]
# # Work
# %%
values = [scale(x) for x in range(5)]
text = fast_json.dumps(values)
root = sqrt(FACTOR)
# %% [markdown]
# # Evaluate
# %%
def area(r):
    return pi * r ** 2
print(text, root, round(area(2), 3), lp.FACTOR, os.path.basename("a/b"))
