# %% [markdown]
# # Load
# %%
import numpy as np
import pandas as pd
df = pd.DataFrame({"income": [1000.0, 2500.0, 4000.0, 800.0], "debt": [100.0, 900.0, 50.0, 700.0]})
threshold = 0.3
ceiling = df["income"].quantile(0.9)
# %%
def ratio(frame):
    return frame["debt"] / frame["income"].clip(upper=ceiling)

def risky(frame, limit=threshold):
    return ratio(frame) > limit

class Scorer:
    def score(self, frame):
        return float(risky(frame).mean() + WEIGHT)

WEIGHT = 0.25
# %% [markdown]
# # Features
# %%
threshold = 0.9
df["ratio"] = ratio(df)
df["risky"] = risky(df)
# %% [markdown]
# # Evaluate
# %%
scorer = Scorer()
result = scorer.score(df)
print(result, threshold, df["risky"].sum())
