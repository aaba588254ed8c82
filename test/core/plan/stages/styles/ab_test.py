# %% [markdown]
# # Landing page A/B test
# %%
import numpy as np
import pandas as pd
from scipy import stats
import statsmodels.api as sm
from statsmodels.stats.proportion import proportions_ztest
np.random.seed(42)
# %% [markdown]
# ## The data
# %%
df = pd.read_csv("ab_data.csv")
df.head()
# %%
df.user_id.nunique()
# %%
mismatch = df[(df.group == "treatment") != (df.landing_page == "new_page")]
len(mismatch)
# %%
df2 = df.drop(mismatch.index)
df2 = df2.drop_duplicates("user_id")
# %% [markdown]
# ## Conversion rates
# %%
rates = df2.groupby("group").converted.mean()
p_new = df2.converted.mean()
p_old = p_new
n_new = (df2.group == "treatment").sum()
n_old = (df2.group == "control").sum()
obs_diff = rates["treatment"] - rates["control"]
obs_diff
# %% [markdown]
# ## Simulation under the null
# %%
p_diffs = []
for _ in range(10000):
    new = np.random.binomial(n_new, p_new) / n_new
    old = np.random.binomial(n_old, p_old) / n_old
    p_diffs.append(new - old)
p_diffs = np.array(p_diffs)
# %%
import matplotlib.pyplot as plt
plt.hist(p_diffs)
plt.axvline(obs_diff, color="r")
# %%
p_value = (p_diffs > obs_diff).mean()
print("p-value", p_value)
# %% [markdown]
# ## z test
# %%
z, p = proportions_ztest([df2[df2.group=="treatment"].converted.sum(), df2[df2.group=="control"].converted.sum()], [n_new, n_old], alternative="larger")
print(z, p)
# %% [markdown]
# ## Regression approach
# %%
df2["intercept"] = 1
df2["ab_page"] = pd.get_dummies(df2.group)["treatment"].astype(int)
lm = sm.Logit(df2.converted, df2[["intercept", "ab_page"]])
res = lm.fit()
res.summary()
# %% [markdown]
# ## Conclusions
# We cannot reject the null.
