# %% [markdown]
# # Load
# %%
import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
rng = np.random.default_rng(3)
df = pd.DataFrame({"dose": rng.uniform(1, 9, 60), "w": rng.uniform(1, 5, 60)})
df["y"] = 3 * df["dose"] - df["w"] + rng.normal(0, 0.1, 60)
low = df["dose"].median()
# %% [markdown]
# # Features
# %%
def half(x):
    return x / 2
limit = 2
wanted = 3
part = df.query("dose > @low and w > @limit")
ratio = part.eval("dose / w")
# %% [markdown]
# # Train
# %%
model = smf.ols("y ~ half(dose) + np.log(w)", data=part).fit()
slope = model.params.iloc[1]
# %% [markdown]
# # Evaluate
# %%
most = eval("wanted + 2")
print(most, round(slope, 3), len(part), round(ratio.mean(), 3), "{limit} {low:.2f}".format(**globals()))
