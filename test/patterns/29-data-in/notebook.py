# %% [markdown]
# # Shop
#
# - `share`: the part that is held out
# %%
import glob
import os
import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
# %%
DATA_DIR = "data"  # where everything lies
share = 0.25
SEED = 7
api_key = "hf_abcdefghijklmnopqrstuvwxyzABCDEFGH"
# %% [markdown]
# ## Load
# %%
orders = pd.concat([pd.read_csv(path) for path in sorted(glob.glob("data/parts/*.csv"))], ignore_index=True)
prices = pd.read_csv(os.path.join(DATA_DIR, "prices.csv"))
again = pd.read_csv("data/prices.csv")
headers = {"Authorization": api_key}
# %% [markdown]
# ## Train
# %%
X_train, X_test, y_train, y_test = train_test_split(orders[["a", "b"]], orders["y"], test_size=share, random_state=SEED)
small, large = train_test_split(orders, test_size=0.25, random_state=7)
forest = RandomForestClassifier(n_estimators=20, max_depth=4, random_state=7).fit(X_train, y_train)
boosted = GradientBoostingClassifier(n_estimators=20, random_state=7).fit(X_train, y_train)
machine = SVC(C=1, kernel="rbf", gamma="scale").fit(X_train, y_train)
# %% [markdown]
# ## Evaluate
# %%
print(forest.score(X_test, y_test), boosted.score(X_test, y_test), machine.score(X_test, y_test))
print(len(headers["Authorization"]), len(small), prices["price"].sum() + again["price"].sum())
