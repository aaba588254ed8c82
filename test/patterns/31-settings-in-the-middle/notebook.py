# %% [markdown]
# # Load
# %%
import os
import numpy as np
import pandas as pd
df = pd.DataFrame({"a": [1.23456789, 2.3456789, 3.456789]})
os.makedirs("made", exist_ok=True)
print(df)
# %% [markdown]
# # Features
# %%
pd.set_option("display.precision", 2)
np.set_printoptions(precision=3)
os.environ["SCALE"] = str(len(df))
df["b"] = df.a * 2
# %%
os.chdir("made")
df.to_csv("b.csv", index=False)
# %% [markdown]
# # Train
# %%
scale = int(os.environ["SCALE"])
weights = np.linalg.lstsq(df[["a"]].to_numpy(), df.b.to_numpy() * scale, rcond=None)[0]
again = pd.read_csv("b.csv")
print(weights, again)
# %% [markdown]
# # Evaluate
# %%
os.chdir("..")
np.seterr(divide="raise")
try:
    ratio = weights / np.zeros(1)
except FloatingPointError as error:
    ratio = str(error)
# %%
print(df.tail(2), ratio, sorted(os.listdir("made")))
