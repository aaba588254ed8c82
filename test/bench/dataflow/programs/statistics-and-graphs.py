# %%
import numpy as np, pandas as pd, seaborn as sns, matplotlib.pyplot as plt
import statsmodels.api as sm, statsmodels.formula.api as smf
import networkx as nx, sympy
from scipy import optimize, stats, sparse
rng = np.random.default_rng(3)
df = pd.DataFrame({"x": np.arange(20.0), "g": list("ab") * 10})
# %%
df["y"] = 2 * df.x + rng.normal(size=20)
# %%
fit = smf.ols("y ~ x", df).fit()
# %%
df["res"] = fit.resid
# %%
fit2 = fit.get_robustcov_results()
# %%
X = sm.add_constant(df[["x"]])
ols = sm.OLS(df.y, X)
# %%
par = ols.fit().params
par["x"] += 1
# %%
r2 = fit.rsquared
# %%
G = nx.Graph()
G.add_edge("a", "b", weight=1)
# %%
nx.set_node_attributes(G, {"a": 1}, "rank")
# %%
H = G
H.add_node("c")
# %%
G["a"]["b"]["weight"] = 7
# %%
sub = G.subgraph(["a", "b"])
# %%
G.add_edge("a", "d")
# %%
wts = nx.get_edge_attributes(G, "weight")
nodes = sorted(sub.nodes)
pr = nx.pagerank(G)
# %%
calls = []
def loss(p):
    calls.append(1)
    return ((p - 3) ** 2).sum()
# %%
best = optimize.minimize(loss, np.zeros(2))
# %%
n_calls = len(calls)
# %%
M = sparse.lil_matrix((3, 3))
M[0, 1] = 5
# %%
C = M.tocsr()
C.data[0] = 6
# %%
C.eliminate_zeros()
S = C.sum()
# %%
ident = sparse.csr_matrix(np.eye(3))
ident.data *= 2
tr = ident.diagonal()
# %%
boot = stats.bootstrap((df.y.to_numpy(),), np.mean, n_resamples=50, rng=rng)
# %%
after = rng.integers(100)
# %%
a, b = sympy.symbols("a b")
expr = a + b
expr = expr.subs(a, 2)
# %%
fl = sympy.lambdify(b, expr)
val = fl(3)
# %%
sns.set_theme(style="white")
# %%
rc = plt.rcParams["axes.grid"]
# %%
fig, axes = plt.subplots(1, 2)
# %%
axes[0].plot(df.x, df.y, label="y")
# %%
axes[0].legend()
axes[1].set_title("t")
# %%
n_lines = len(axes[0].lines)
title = axes[1].get_title()
# %%
ax = sns.scatterplot(df, x="x", y="y", ax=axes[1])
# %%
ax.set_xlabel("renamed")
# %%
label = axes[1].get_xlabel()
# %%
plt.close(fig)
left = plt.get_fignums()
# %%
kde = stats.gaussian_kde(df.y)
kde.set_bandwidth(0.5)
# %%
k0 = float(kde(1.0)[0])
# %%
qc = stats.qmc.Sobol(2, seed=1)
pts = qc.random(2)
# %%
pts2 = qc.random(2)
# %%
edges = np.histogram_bin_edges(df.y, 4)
edges[0] = -100
# %%
cut = pd.cut(df.y, edges, labels=False)
df["bin"] = cut
# %%
tab = df.groupby("bin").y.agg(["mean", "count"])
tab.loc["all"] = [1, 2]
# %%
def standard(col, cache={}):
    cache[col.name] = col.mean()
    return (col - col.mean()) / col.std(), cache
z, cached = standard(df.x)
# %%
z2, _ = standard(df.y)
# %%
known = sorted(cached)
