# %%
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
# %%
train = pd.read_csv("../input/train.csv")
test = pd.read_csv("../input/test.csv")
# %%
for part in [train, test]:
    part["Age"] = part["Age"].fillna(part["Age"].median())
    part["Family"] = part["SibSp"] + part["Parch"] + 1
    part["Sex"] = part["Sex"].map({"male": 0, "female": 1})
features = ["Age", "Family", "Sex", "Pclass"]
X = train[features]
y = train["Survived"]
# %%
model = RandomForestClassifier(n_estimators=300, random_state=1)
model.fit(X, y)
# %%
submission = pd.read_csv("../input/sample_submission.csv")
submission["Survived"] = model.predict(test[features])
submission.to_csv("submission.csv", index=False)
