# %% [markdown]
# # Load
# %%
import numpy as np
from sklearn.linear_model import Ridge
rng = np.random.default_rng(0)
data = rng.normal(size=(30, 3))
head = data[:10]
rows = data[:, 0]
# %% [markdown]
# # Features
# %%
rng.shuffle(data)
head *= 2
Data = data.sum()
# %% [markdown]
# # Train
# %%
for alpha in [0.1, 1.0, 10.0]:
    model = Ridge(alpha=alpha).fit(data[:, :2], data[:, 2])
# %% [markdown]
# # Evaluate
# %%
print(alpha, model.coef_.round(4), head.sum().round(4), rows.mean().round(4), Data.round(4))
