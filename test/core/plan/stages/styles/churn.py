# %%
import pandas as pd
import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split, cross_val_score
from sklearn.metrics import roc_auc_score, accuracy_score
import pickle
# %%
RANDOM_STATE = 7
# %%
data = pd.read_csv("churn.csv")
data.describe()
# %%
data["TotalCharges"] = pd.to_numeric(data["TotalCharges"], errors="coerce")
data.dropna(inplace=True)
data["Churn"] = (data["Churn"] == "Yes").astype(int)
# %%
y = data.pop("Churn")
X = data.drop(columns=["customerID"])
num = X.select_dtypes("number").columns.tolist()
cat = X.select_dtypes("object").columns.tolist()
# %%
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=RANDOM_STATE)
# %%
pre = ColumnTransformer([("num", StandardScaler(), num), ("cat", OneHotEncoder(handle_unknown="ignore"), cat)])
models = {
    "lr": LogisticRegression(max_iter=1000),
    "rf": RandomForestClassifier(n_estimators=200, random_state=RANDOM_STATE),
}
results = {}
for name, m in models.items():
    pipe = Pipeline([("pre", pre), ("clf", m)])
    s = cross_val_score(pipe, X_train, y_train, cv=5, scoring="roc_auc")
    results[name] = s.mean()
    print(name, s.mean())
# %%
best = max(results, key=results.get)
final = Pipeline([("pre", pre), ("clf", models[best])]).fit(X_train, y_train)
# %%
proba = final.predict_proba(X_test)[:, 1]
auc = roc_auc_score(y_test, proba)
acc = accuracy_score(y_test, proba > 0.5)
print(auc, acc)
# %%
imp = pd.Series(final.named_steps["clf"].feature_importances_ if best == "rf" else final.named_steps["clf"].coef_[0])
imp.sort_values().tail(10).plot.barh()
# %%
with open("model.pkl", "wb") as f:
    pickle.dump(final, f)
