# %%
import numpy as np, pandas as pd, joblib
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.compose import ColumnTransformer, make_column_transformer
from sklearn.ensemble import RandomForestClassifier, StackingClassifier, VotingClassifier
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import make_scorer, accuracy_score
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score, train_test_split, ShuffleSplit
from sklearn.pipeline import Pipeline, make_pipeline, FeatureUnion
from sklearn.preprocessing import StandardScaler, FunctionTransformer, OneHotEncoder, LabelEncoder
from sklearn.datasets import make_classification
import sklearn
X, y = make_classification(80, 5, random_state=1)
# %%
class Clip(BaseEstimator, TransformerMixin):
    fitted = []
    def __init__(self, q=0.9):
        self.q = q
    def fit(self, X, y=None):
        self.hi_ = np.quantile(X, self.q, axis=0)
        Clip.fitted.append(len(X))
        return self
    def transform(self, X):
        return np.minimum(X, self.hi_)
# %%
pipe = Pipeline([("clip", Clip()), ("sc", StandardScaler()), ("lr", LogisticRegression())])
# %%
pipe.fit(X, y)
# %%
n_fit = len(Clip.fitted)
coef = pipe.named_steps["lr"].coef_
# %%
pipe.set_params(clip__q=0.5)
# %%
q = pipe["clip"].q
# %%
pipe.steps[1] = ("sc", "passthrough")
# %%
pipe.fit(X, y)
# %%
score = pipe.score(X, y)
# %%
grid = GridSearchCV(pipe, {"lr__C": [0.1, 1]}, cv=2)
grid.fit(X, y)
# %%
best = grid.best_estimator_
best.named_steps["lr"].coef_[0, 0] = 0
# %%
pred = grid.predict(X)
# %%
rs = np.random.RandomState(0)
f1 = RandomForestClassifier(3, random_state=rs).fit(X, y)
# %%
f2 = RandomForestClassifier(3, random_state=rs).fit(X, y)
# %%
same = (f1.predict_proba(X) == f2.predict_proba(X)).all()
# %%
np.random.seed(0)
# %%
split = train_test_split(X, y)
# %%
u = np.random.rand()
# %%
kf = KFold(3, shuffle=True, random_state=np.random.RandomState(2))
s1 = cross_val_score(LogisticRegression(), X, y, cv=kf)
# %%
s2 = cross_val_score(LogisticRegression(), X, y, cv=kf)
# %%
tried = []
def scorer(a, b):
    tried.append(len(a))
    return accuracy_score(a, b)
# %%
s3 = cross_val_score(LogisticRegression(), X, y, cv=2, scoring=make_scorer(scorer))
# %%
n_tried = len(tried)
# %%
sgd = SGDClassifier(random_state=0)
for k in range(3):
    sgd.partial_fit(X[k::3], y[k::3], classes=[0, 1])
# %%
sgd.partial_fit(X, y)
# %%
sc = sgd.score(X, y)
# %%
warm = RandomForestClassifier(2, warm_start=True, random_state=1).fit(X, y)
# %%
warm.n_estimators += 2
warm.fit(X, y)
# %%
size = len(warm.estimators_)
# %%
stack = StackingClassifier([("lr", LogisticRegression()), ("f", f1)])
stack.fit(X, y)
# %%
inner = stack.named_estimators_["f"]
fitted_inner = inner is f1
# %%
vote = VotingClassifier([("a", sgd), ("b", warm)], voting="hard")
vote.fit(X, y)
# %%
old = clone(warm)
# %%
joblib.dump(warm, "warm.joblib")
# %%
again = joblib.load("warm.joblib")
again.n_estimators = 99
# %%
ne = warm.n_estimators
# %%
df = pd.DataFrame(X, columns=list("abcde"))
df["k"] = np.where(y, "p", "q")
ct = ColumnTransformer([("num", StandardScaler(), ["a", "b"]), ("cat", OneHotEncoder(), ["k"])])
# %%
Z = ct.fit_transform(df)
# %%
ct.named_transformers_["num"].mean_[0] = 100
# %%
Z2 = ct.transform(df)
# %%
def inplace(d):
    d["a"] = 0
    return d
ft = FunctionTransformer(inplace)
# %%
Z3 = ft.fit_transform(df)
# %%
zero = df["a"].sum()
# %%
le = LabelEncoder()
codes = le.fit_transform(df["k"])
# %%
le.classes_[0] = "zz"
# %%
inv = le.inverse_transform([0])
# %%
sklearn.set_config(transform_output="pandas")
# %%
W = StandardScaler().fit_transform(df[["b", "c"]])
# %%
cols = list(getattr(W, "columns", []))
# %%
with sklearn.config_context(transform_output="default"):
    V = StandardScaler().fit_transform(df[["b"]])
kind = type(V).__name__
# %%
found = joblib.Parallel(n_jobs=2, prefer="threads")(joblib.delayed(tried.append)(k) for k in range(2))
# %%
nt = len(tried)
# %%
models = {name: m.fit(X, y) for name, m in {"lr": LogisticRegression(), "rf": RandomForestClassifier(2, random_state=0)}.items()}
# %%
models["lr"].intercept_ += 5
# %%
accs = {k: m.score(X, y) for k, m in models.items()}
# %%
mp = make_pipeline(StandardScaler(), sgd)
mp.fit(X, y)
# %%
t_ = sgd.t_
# %%
cv = ShuffleSplit(2, random_state=0)
folds = list(cv.split(X))
folds[0][0][0] = 0
# %%
ff = [a[0] for a, b in folds]
