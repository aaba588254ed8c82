# %% [markdown]
# # Settings
# %%
import os
import warnings
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
plt.style.use("ggplot")
plt.rcParams["figure.figsize"] = (4, 3)
pd.set_option("display.precision", 2)
np.set_printoptions(precision=3)
warnings.filterwarnings("ignore")
os.environ["REPRISE_LEVEL"] = "high"
# %% [markdown]
# # Load
# %%
df = pd.DataFrame({"x": [1.23456, 2.34567]})
print(df)
# %% [markdown]
# # Evaluate
# %%
print(np.array([1.23456, 7.0]), os.environ["REPRISE_LEVEL"], plt.rcParams["figure.figsize"])
warnings.warn("not shown")
mean = df["x"].mean()
print(mean)
