# %% [markdown]
# # Set up
# %%
%matplotlib inline
import datetime
import os
import pandas as pd
os.makedirs("pattern-26", exist_ok=True)
# %% [markdown]
# # Features
# %%
df = pd.DataFrame({"year": [1990, 2000, 2010]})
df["age"] = datetime.datetime(2024, 5, 1).year - df["year"]
total = 0
for age in df["age"]:
    total += age
# %% [markdown]
# # Save
# %%
df.to_csv("pattern-26/ages.csv", index=False)
back = pd.read_csv("pattern-26/ages.csv")
print(total, back.shape)
