# %%
import numpy as np
rec = np.zeros(3, dtype=[("a", "i4"), ("b", "f8")])
col = rec["a"]
# %%
col[1] = 5
# %%
rec[2] = (7, 1.5)
# %%
total = rec["a"].sum()
ra = rec.view(np.recarray)
ra.b[0] = 2.5
# %%
bsum = rec["b"].sum()
# %%
base = np.arange(12)
grid = base.reshape(3, 4)
# %%
grid[0] = -1
# %%
row = grid[1]
row += 10
# %%
first = base[:8].copy()
# %%
with np.nditer(base, op_flags=["readwrite"]) as it:
    for x in it:
        x[...] = x * 2
# %%
s = base.sum()
# %%
np.add.at(base, [0, 0], 1)
# %%
np.multiply(base, 2, out=base)
# %%
np.put(base, [1], 99)
np.place(base, base > 90, 0)
# %%
np.copyto(grid[2], 5)
# %%
np.fill_diagonal(grid, 8)
# %%
g2 = grid.T
g2.sort(axis=0)
# %%
flat = grid.ravel()
flat[0] = 1234
# %%
fl = grid.flatten()
fl[0] = 1
# %%
head = base[0]
bc = np.broadcast_to(base[:4], (2, 4))
# %%
base[3] = -7
# %%
seen = bc[1, 3]
# %%
win = np.lib.stride_tricks.sliding_window_view(base, 3)
base[5] = 55
# %%
w = win.max()
# %%
rs = np.random.RandomState(1)
st = rs.get_state()
# %%
d1 = rs.rand()
# %%
rs.set_state(st)
# %%
d2 = rs.rand()
# %%
np.random.seed(3)
# %%
g1 = np.random.rand()
state = np.random.get_state()
# %%
g3 = np.random.normal()
# %%
np.random.set_state(state)
g4 = np.random.normal()
# %%
ss = np.random.SeedSequence(5)
kids = ss.spawn(2)
# %%
more = ss.spawn(1)
# %%
gens = [np.random.default_rng(k) for k in kids + more]
# %%
z = [g.random() for g in gens]
# %%
z1 = gens[0].random()
# %%
bit = np.random.PCG64(7)
ga, gb = np.random.Generator(bit), np.random.Generator(bit)
# %%
u1 = ga.random()
# %%
u2 = gb.random()
# %%
cards = list(range(6))
ga.shuffle(cards)
# %%
c0 = cards[0]
perm = gb.permutation(cards)
# %%
np.random.shuffle(grid)
# %%
gg = grid.copy()
# %%
old = np.seterr(all="ignore")
# %%
q = np.float64(1) / 0
# %%
np.seterr(**old)
np.set_printoptions(precision=2)
# %%
txt = repr(np.array([1.23456]))
# %%
vec = np.vectorize(lambda x, seen=[]: (seen.append(x), len(seen))[1])
v1 = vec([1, 2])
# %%
v2 = vec([1, 2])
# %%
obj = np.array([[1], [2, 3], None], dtype=object)
obj[0].append(9)
# %%
inner = obj[1]
inner.append(4)
# %%
lens = [len(o) for o in obj[:2]]
# %%
m = np.ma.array([1, 2, 3], mask=[0, 1, 0])
m[0] = np.ma.masked
# %%
mc = m.count()
# %%
mat = np.eye(2)
sub = mat[np.ix_([0], [0, 1])]
sub[0, 0] = 9
# %%
mask = mat > 0
mat[mask] = 3
# %%
d = np.diag(mat)
mat[0, 0] = 4
# %%
dd = d[0]
# %%
real = (np.zeros(2) + 1j)
real.imag[0] = 4
re = real.real
re[1] = 2
# %%
total2 = real.sum()
# %%
acc = np.zeros(3)
for k, v in zip([0, 1], acc):
    acc[k] += 1
# %%
def center(a):
    a -= a.mean()
    return a
cen = center(acc)
# %%
cen[0] = 77
# %%
a0 = acc[0]
# %%
chunks = np.array_split(acc, 2)
chunks[0][:] = 0
# %%
a1 = acc.tolist()
a1.append(2)
sq = np.squeeze(acc[None])
sq[1] = 42
# %%
fin = acc.sum()
