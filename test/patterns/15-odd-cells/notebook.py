# %% [markdown]
# # Start
# %%
import asyncio
import numpy as np
async def fetch(x):
    await asyncio.sleep(0)
    return x * 2
# %%
data = await fetch(21)
# %% [markdown]
# # Work
# %% error
1 / 0
# %%
%%html
<b>nothing</b>
# %%
values = np.arange(data)
scaled = values / data
# %% [markdown]
# # Evaluate
# %%
mean = float(scaled.mean())
print(mean)
