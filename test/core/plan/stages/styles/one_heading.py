# A heading parts what prepares from what prepares, trains and judges: the steps say more than it does.
# %%
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
# %%
houses = pd.read_csv("houses.csv")
# %%
houses = houses.dropna()
# %%
houses["rooms"] = houses["rooms"].fillna(1).clip(1, 9)
houses["age"] = 2020 - houses["built"]
# %%
houses = houses.drop(columns="built").rename(columns={"m2": "area"})
# %%
houses["near"] = (houses["distance"] < 2).astype(int)
houses["large"] = (houses["area"] > 150).astype(int)
houses["old"] = (houses["age"] > 50).astype(int)
# %%
houses = houses.drop_duplicates()
houses = houses.reset_index(drop=True)
# %% [markdown]
# ## The rest of it
# %%
X = pd.get_dummies(houses.drop(columns="dear"))
scaler = StandardScaler()
X = scaler.fit_transform(X)
# %%
X_train, X_test, y_train, y_test = train_test_split(X, houses["dear"], random_state=1)
# %%
scaled = StandardScaler()
X_train = scaled.fit_transform(X_train)
X_test = scaled.transform(X_test)
# %%
forest = RandomForestClassifier(max_depth=2, random_state=0)
forest.fit(X_train, y_train)
# %%
y_pred = forest.predict(X_test)
print(accuracy_score(y_test, y_pred))
