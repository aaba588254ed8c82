# %% [markdown]
# # Load
# %%
import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, 2, 3]})
# %% stale=np.sqrt>sqrt
df["b"] = np.sqrt(df["a"])
# %% stale=pd.concat([df, df])>df.append(df)
df = pd.concat([df, df])
# %%
print(len(df))
