# %% [markdown]
# # Define
# %%
import numpy as np
def clean_values(values):
    return [v for v in values if v > 0]
# %% stale=clean_values>clean_vals
numbers = clean_values([3, -1, 4])
# %% [markdown]
# # Evaluate
# %%
print(np.mean(numbers))
