# %%
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view, as_strided
a = np.arange(12.0).reshape(3, 4)
b = np.zeros(4)
c = np.ones((2, 2), dtype=complex)
rec = np.zeros(3, dtype=[("x", "f8"), ("y", "i4")])
m = np.ma.masked_array([1.0, 2, 3], mask=[0, 1, 0])
# %%
field = rec["x"]
# %%
field[1] = 7
# %%
c.real = 5
# %%
im = c.imag
im[0, 0] = 9
# %%
top, bottom = np.split(a, [1])
# %%
bottom[0, 0] = -4
# %%
cols = np.hsplit(a, 2)
# %%
cols[1][:] = 1
# %%
np.copyto(b, [1, 2, 3, 4])
# %%
np.put(b, [0], [10])
# %%
np.place(b, b > 3, [0])
# %%
np.fill_diagonal(a, 100)
# %%
np.putmask(a, a < 0, 0)
# %%
with np.nditer(b, op_flags=["readwrite"]) as it:
    for x in it:
        x[...] = 2 * x
# %%
for idx, v in np.ndenumerate(a):
    if v > 50:
        a[idx] = 50
# %%
m[0] = np.ma.masked
# %%
d = m.data
d[2] = 33
# %%
mk = m.mask
filled = m.filled(-1)
# %%
win = sliding_window_view(b, 2)
b[0] = 123
# %%
means = win.mean(axis=1)
# %%
np.multiply(a, 2, out=a)
# %%
np.add.at(b, [0, 0], 1)
# %%
o = np.empty(3)
np.einsum("ij,ij->i", a, a, out=o)
# %%
v = a.view()
v.shape = (12,)
# %%
v[3] = -1
# %%
f = a.flatten()
g = a.ravel()
g[0] = 3
# %%
sw = a.swapaxes(0, 1)
sw[2, 1] = 8
# %%
ax = a[:, np.newaxis]
ax[0, 0, 0] = 1
# %%
sq = ax.squeeze()
# %%
sq[2, 2] = 4
# %%
bt = np.broadcast_to(b, (2, 4))
b[1] = 55
# %%
s2 = bt.sum()
# %%
lst = [a, b]
for arr in lst:
    arr += 1
# %%
x, y = lst
x[0, 0] = 0
# %%
dic = {"a": a}
dic["a"][0, 1] = 9
# %%
e = a
e += 1
# %%
e = e + 1
e[0] = 0
# %%
objs = np.array([[1], [2]], dtype=object)
inner = np.empty(2, dtype=object)
inner[0] = [1]
inner[1] = inner[0]
# %%
inner[0].append(5)
# %%
np.random.seed(0)
r1 = np.random.rand(2)
# %%
state = np.random.get_state()
# %%
r2 = np.random.rand(2)
# %%
np.random.set_state(state)
# %%
r3 = np.random.rand(2)
# %%
rng = np.random.default_rng(1)
kids = rng.spawn(2)
# %%
k1 = kids[0].random()
# %%
bg = rng.bit_generator
bg.advance(3)
# %%
k2 = rng.random()
# %%
old = np.seterr(divide="ignore")
# %%
z = np.array([1.0]) / 0
# %%
np.set_printoptions(precision=2)
# %%
txt = str(np.array([1 / 3]))
# %%
np.save("a.npy", a)
# %%
mm = np.load("a.npy", mmap_mode="r+")
mm[0, 0] = 4321
mm.flush()
# %%
again = np.load("a.npy")
# %%
a.resize((2, 6), refcheck=False)
# %%
a.sort(axis=1)
a.partition(2)
# %%
tot = a.sum(), b.sum(), c.sum(), rec["x"].sum(), inner[1]
