# %%
import pandas as pd
from sklearn.linear_model import LogisticRegression
X, y = [[0.0], [1.0], [2.0]], [0, 1, 1]
# %%
models = pd.Series([LogisticRegression()], index=["a"])
nested = pd.Series([[1], [2]])
# %%
models["a"].fit(X, y)
# %%
c = models["a"].coef_
# %%
nested.iloc[0].append(3)
# %%
n = nested.tolist()
