# %%
import os, random, decimal, sys
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.compose import ColumnTransformer, make_column_transformer
from sklearn.ensemble import RandomForestClassifier, VotingClassifier, StackingClassifier
from sklearn.linear_model import LogisticRegression, SGDClassifier, LinearRegression
from sklearn.model_selection import GridSearchCV, KFold, ShuffleSplit, cross_val_score, RandomizedSearchCV, train_test_split
from sklearn.pipeline import Pipeline, make_pipeline, FeatureUnion
from sklearn.preprocessing import StandardScaler, OneHotEncoder, FunctionTransformer
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import CountVectorizer
np.random.seed(0)
random.seed(0)
X = np.random.rand(40, 3)
y = (X[:, 0] > 0.5).astype(int)
# %%
scaler = StandardScaler()
model = LogisticRegression()
pipe = Pipeline([("s", scaler), ("m", model)])
# %%
pipe.fit(X, y)
# %%
mean = scaler.mean_.tolist() if hasattr(scaler, "mean_") else None
# %%
inner = pipe.named_steps["m"]
coef = inner.coef_.copy()
# %%
pipe.set_params(m__C=0.1)
# %%
pipe.fit(X, y)
# %%
coef2 = model.coef_.copy()
# %%
fresh = clone(pipe)
# %%
fresh.steps[1] = ("m", LinearRegression())
# %%
fresh.fit(X, y)
# %%
grid = GridSearchCV(SGDClassifier(), {"alpha": [0.1, 0.01]}, cv=KFold(3, shuffle=True))
grid.fit(X, y)
# %%
best = grid.best_estimator_
best.coef_[0, 0] = 42
# %%
gp = grid.predict(X[:3])
# %%
after = np.random.rand()
# %%
forest = RandomForestClassifier(n_estimators=3)
vote = VotingClassifier([("f", forest), ("l", LogisticRegression())])
vote.fit(X, y)
# %%
draws = np.random.rand()
# %%
inner_forest = vote.named_estimators_["f"]
imp = inner_forest.feature_importances_
# %%
scores = cross_val_score(RandomForestClassifier(n_estimators=2), X, y, cv=3)
# %%
next_draw = np.random.rand()
# %%
class Shift(BaseEstimator, TransformerMixin):
    seen = []
    def __init__(self, by=offset if False else 1):
        self.by = by
    def fit(self, X, y=None):
        Shift.seen.append(len(X))
        return self
    def transform(self, X):
        return X + self.by + offset
offset = 2
# %%
sp = make_pipeline(Shift(), LogisticRegression())
sp.fit(X, y)
# %%
offset = 5
# %%
sp_pred = sp.predict(X[:4])
seen = list(Shift.seen)
# %%
warm = SGDClassifier(warm_start=True, random_state=0)
warm.partial_fit(X, y, classes=[0, 1])
# %%
warm.partial_fit(X, y)
# %%
wc = warm.coef_.copy()
# %%
ft = FunctionTransformer(lambda a: a * offset)
# %%
fx = ft.fit_transform(X)
# %%
splitter = ShuffleSplit(2)
tr = [a.tolist() for a, b in splitter.split(X)]
# %%
more = np.random.rand()
# %%
vec = CountVectorizer()
dtm = vec.fit_transform(["a bb cc", "bb dd"])
# %%
vec.vocabulary_["zz"] = 9
# %%
voc = dict(vec.vocabulary_)
# %%
df = pd.DataFrame(X, columns=list("abc"))
ct = ColumnTransformer([("n", StandardScaler(), ["a", "b"])], remainder="passthrough")
Z = ct.fit_transform(df)
# %%
df["a"] = 0
# %%
Z2 = ct.transform(df)
# %%
km = KMeans(2, n_init=1).fit(X)
# %%
km.cluster_centers_[0] = 0
# %%
lab = km.predict(X).tolist()
# %%
X[0] = 9
# %%
p0 = model.predict(X[:1])
# %%
models = {"a": LogisticRegression(), "b": LogisticRegression(C=0.01)}
for name, m in models.items():
    m.fit(X, y)
# %%
sc = {n: m.score(X, y) for n, m in models.items()}
# %%
table = pd.DataFrame({"m": [LogisticRegression(), LogisticRegression(C=2)]})
for m in table["m"]:
    m.fit(X, y)
# %%
first = table["m"].iloc[0].coef_
# %%
os.environ["MODE"] = "x"
# %%
mode = os.environ.get("MODE", "none") + os.getenv("MODE", "")
# %%
decimal.getcontext().prec = 5
# %%
dd = str(decimal.Decimal(1) / 3)
# %%
sys.path.append("/nowhere")
# %%
has = "/nowhere" in sys.path
# %%
plt.rcParams["lines.linewidth"] = 7
# %%
lw = plt.rcParams["lines.linewidth"]
# %%
fig, ax = plt.subplots()
line, = ax.plot([1, 2])
# %%
line.set_color("red")
ax.set_title("t")
# %%
col = line.get_color(), ax.get_title(), len(ax.lines)
# %%
with open("f.txt", "w") as f:
    f.write("a")
# %%
with open("f.txt", "a") as f:
    print("b", file=f)
# %%
txt = open("f.txt").read()
# %%
os.rename("f.txt", "g.txt")
# %%
files = sorted(os.listdir("."))
# %%
st = random.getstate()
a1 = random.random()
# %%
random.setstate(st)
# %%
a2 = random.random()
