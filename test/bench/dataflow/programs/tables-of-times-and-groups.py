# %%
import pandas as pd, numpy as np
df = pd.DataFrame({"id": [1, 2, 3, 4], "t": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-04", "2024-02-01"]), "v": [1.0, np.nan, 3.0, 4.0], "s": ["a b", "c", None, "d e"]})
# %%
df.set_index("t", inplace=True)
# %%
weekly = df["v"].resample("W").mean()
# %%
df["lag"] = df["v"].shift(1)
# %%
df["roll"] = df.v.rolling(2).mean()
# %%
df.index = df.index + pd.Timedelta(days=1)
# %%
df.loc[df.v > 3, "flag"] = True
# %%
df["v"] = df["v"].fillna(df["v"].mean())
# %%
log = []
def note(part):
    log.append(part.shape[0])
    return part.v.sum()
by = df.groupby(df.index.month).apply(note, include_groups=False)
# %%
n_log = len(log)
# %%
def clean(d):
    d = d.copy()
    d["v"] = d["v"] * 2
    return d
def dirty(d):
    d["dirty"] = 1
    return d
out = df.pipe(clean).pipe(dirty)
# %%
out2 = df.pipe(dirty)
# %%
has = "dirty" in df
# %%
for i, r in df.iterrows():
    df.at[i, "sq"] = r["v"] ** 2
# %%
total = df.sq.sum()
# %%
idx = pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["k", "n"])
mi = pd.DataFrame({"x": range(4)}, index=idx)
# %%
mi.loc[("a", 1), "x"] = 100
# %%
un = mi.unstack("n")
un.columns = ["one", "two"]
# %%
mi.index = mi.index.set_names(["K", "N"])
# %%
mi.sort_values("x", inplace=True, ascending=False)
# %%
top = mi.iloc[0].x
# %%
mi.drop(index=("a", 1), inplace=True)
size = len(mi)
# %%
d2 = df.reset_index()
d2.rename(columns=str.upper, inplace=True)
# %%
# %%
cols = d2.columns.tolist()
# %%
sub = df[["v", "id"]]
sub["v"] = 0
# %%
ser = df["id"]
ser.iloc[0] = 100
# %%
first = df.id.iloc[0]
# %%
arr = df["id"].to_numpy(copy=True)
arr[0] = -1
# %%
cat = pd.Categorical(["a", "b", "a"])
cat[0] = "b"
# %%
codes = list(cat.codes)
# %%
pd.options.display.max_rows = 5
pd.set_option("display.precision", 2)
# %%
shown = repr(pd.Series([1.23456]))
# %%
with pd.option_context("display.precision", 4):
    shown2 = repr(pd.Series([1.23456]))
# %%
pieces = {k: g for k, g in df.groupby("flag", dropna=False)}
# %%
for k, g in pieces.items():
    g["extra"] = 1
# %%
widths = [g.shape[1] for g in pieces.values()]
# %%
merged = df.merge(sub, left_index=True, right_index=True, suffixes=("", "_r"))
del merged["flag"]
# %%
merged.pop("s")
# %%
mcols = list(merged)
# %%
acc = pd.DataFrame()
for k in range(3):
    acc = pd.concat([acc, pd.DataFrame({"k": [k]})], ignore_index=True)
# %%
acc.loc[len(acc)] = [9]
# %%
k9 = acc.k.max()
# %%
df.style.set_caption("c")
e = df.eval("w = v + id")
# %%
thr = 2
q = df.query("v > @thr")
# %%
nq = len(q)
# %%
s1 = pd.Series([[1], [2]])
s2 = s1.copy()
s2.iloc[0].append(5)
# %%
deep = s1.iloc[0]
# %%
it = df.groupby("id")
keys = list(it.groups)
# %%
tr = df.groupby("id")["v"].transform(lambda x: x - x.mean())
df["tr"] = tr
# %%
df.replace({"v": {0: np.nan}}, inplace=True)
df.where(df.notna(), 0, inplace=False)
# %%
df.update(pd.DataFrame({"v": [50.0]}, index=df.index[:1]))
# %%
v0 = df.v.iloc[0]
# %%
x = df.T
x.iloc[0, 0] = -5
# %%
dd = df.to_dict("list")
dd["v"].append(1)
# %%
nn = len(dd["v"])
