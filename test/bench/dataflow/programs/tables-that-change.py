# %%
import pandas as pd, numpy as np
df = pd.DataFrame({"a": [3, 1, 2, 2], "b": [1.5, 2.5, 3.5, 4.5], "g": list("xyxz")})
other = df.copy()
third = df.copy()
left = pd.DataFrame({"k": [1, 2, 3], "v": [10, 20, 30]})
# %%
groups = df.groupby("g")
first_group = groups.get_group("x")
# %%
df.insert(0, "n", range(4))
# %%
popped = other.pop("b")
# %%
df.columns = [c.upper() for c in df.columns]
# %%
df.index.name = "row"
# %%
df.attrs["source"] = "hand"
# %%
third.query("a > 1", inplace=True)
# %%
third.eval("c = a * 2", inplace=True)
# %%
cols = list(df.columns)
cols.append("Z")
# %%
left.set_index("k", inplace=True)
left.loc[5] = 50
# %%
left.at[1, "v"] = 11
left.iat[1, 0] = 21
# %%
cat = df["G"].astype("category")
cat = cat.cat.add_categories(["w"])
# %%
cat.iloc[0] = "w"
# %%
s = pd.Series([1, 2, 3], index=list("abc"))
t = s
t["d"] = 4
# %%
s.name = "named"
# %%
s.update(pd.Series({"a": 100}))
# %%
parts = [part for _, part in df.groupby("G")]
parts[0]["new"] = 1
# %%
store = {}
for name, part in df.groupby("G"):
    store[name] = part
store["x"].loc[:, "A"] = 0
# %%
long = df.melt(id_vars="G", value_vars=["A", "B"])
wide = long.pivot_table(index="G", columns="variable", values="value")
# %%
wide.columns.name = None
wide = wide.reset_index()
# %%
wide.rename(columns={"A": "alpha"}, inplace=True)
# %%
arr = third.to_numpy()
vals = left["v"].values.copy()
vals[0] = -1
# %%
stack = pd.concat([df, other], keys=["one", "two"])
stack.index.names = ["which", "row"]
# %%
it = df.itertuples()
head = next(it)
# %%
rest = [r.A for r in it]
# %%
rows = df.iterrows()
i0, r0 = next(rows)
# %%
r0["A"] = 99
# %%
filt = df["A"] > 1
filt[0] = False
# %%
sub = df[filt]
# %%
dates = pd.date_range("2024-01-01", periods=4)
dfd = df.set_index(dates)
roll = dfd["B"].rolling(2)
# %%
dfd.loc["2024-01-02", "B"] = 1000
# %%
r = roll.mean()
# %%
exp = dfd["B"].expanding()
m = exp.max()
# %%
styler = df.style
text = df.to_string()
# %%
pd.set_option("display.precision", 2)
# %%
shown = str(df)
# %%
with pd.option_context("display.max_rows", 2):
    short = repr(df)
# %%
mi = pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["x", "y"])
mdf = pd.DataFrame({"v": range(4)}, index=mi)
mdf.loc[("a", 1), "v"] = 77
# %%
lvl = mdf.xs("a", level="x")
un = mdf.unstack()
# %%
mdf.sort_index(ascending=False, inplace=True)
# %%
total = mdf["v"].cumsum()
# %%
df2 = df.assign(Q=lambda d: d["A"] * 2).pipe(lambda d: d.drop(columns="N"))
# %%
df.drop(columns=["N"], inplace=True, errors="ignore")
df.fillna({"B": 0}, inplace=True)
df.sort_values("A", inplace=True)
df.reset_index(drop=True, inplace=True)
# %%
df["A"].replace(1, 5)
df["A"] = df["A"].replace(2, 6)
# %%
mask = df.where(df["B"] > 2, other=-1) if False else df.isna()
mask.iloc[0, 0] = True
# %%
dup = df.duplicated()
df = df[~dup]
# %%
del df["B"]
# %%
final = df.describe(include="all").shape, mask.sum().sum()
