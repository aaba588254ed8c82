# %% [markdown]
# # Load
# %%
import random
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
X = pd.DataFrame({"a": np.random.rand(80), "b": np.random.rand(80)})
y = (X["a"] + X["b"] + np.random.normal(0, 0.1, 80) > 1).astype(int)
# %% [markdown]
# # Split
# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25)
keep = random.sample(range(len(X_train)), 50)
# %% [markdown]
# # Train
# %%
forest = RandomForestClassifier(n_estimators=10)
forest.fit(X_train.iloc[keep], y_train.iloc[keep])
# %% [markdown]
# # Evaluate
# %%
accuracy = forest.score(X_test, y_test)
print(accuracy)
