# Headings of the third level stand above the only one of the second: the author chose them for their size.
# %%
import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
# %%
clicks = pd.read_csv("clicks.csv").dropna()
clicks = clicks.sample(frac=0.1, random_state=9)
# %%
clicks.shape
# %% [markdown]
# ### Feature engineering
# %%
clicks["seen"] = pd.to_datetime(clicks["seen"])
clicks["year"] = clicks["seen"].dt.year
clicks["month"] = clicks["seen"].dt.month
# %%
clicks = clicks.drop(columns="seen")
# %% [markdown]
# ### Dealing with imbalanced data
# %%
np.random.seed(3)
booked = clicks[clicks.booked == 1]
others = np.random.choice(clicks[clicks.booked == 0].index, len(booked), replace=False)
# %%
both = pd.concat([booked, clicks.loc[others]])
X = both.drop(columns="booked")
y = both["booked"]
# %% [markdown]
# ## PCA
# The parts that vary most.
# %%
scaler = StandardScaler()
X = scaler.fit_transform(X)
# %%
pca = PCA(n_components=4)
pca.fit(X)
# %%
np.cumsum(pca.explained_variance_ratio_)
# %% [markdown]
# ### Train, predict and performance evaluation
# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=1)
# %%
forest = RandomForestClassifier(max_depth=2, random_state=0)
forest.fit(X_train, y_train)
y_pred = forest.predict(X_test)
print(confusion_matrix(y_test, y_pred))
print(accuracy_score(y_test, y_pred))
# %% [markdown]
# ### Logistic regression
# %%
logistic = LogisticRegression()
logistic.fit(X_train, y_train)
y_pred = logistic.predict(X_test)
print(accuracy_score(y_test, y_pred))
