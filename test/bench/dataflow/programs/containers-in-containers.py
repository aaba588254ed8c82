# %%
inner = [1]
box = {"a": inner, "b": [inner, inner]}
pair = (inner, box)
nested = [[0] * 2] * 3
# %%
box["b"][0].append(2)
# %%
i1 = list(inner)
nested[0][0] = 9
# %%
n = [row[:] for row in nested]
ref = pair[1]["a"]
# %%
ref += [3]
# %%
i2 = pair[0][:]
stack = [inner]
top = stack.pop()
top.clear()
# %%
i3 = len(box["a"])
l1 = [3, 1, 2]
l2 = sorted(l1)
l1.sort(reverse=True)
# %%
both = (l1[0], l2[0])
st = {1, 2}
st2 = st
st2 |= {5}
# %%
ss = sorted(st)
d = dict.fromkeys("ab", [])
d["a"].append(1)
# %%
db = d["b"]
settings = {"x": {"y": 1}}
shallow = dict(settings)
import copy
deep = copy.deepcopy(settings)
# %%
shallow["x"]["y"] = 2
# %%
res = (settings["x"]["y"], deep["x"]["y"])
shallow.setdefault("z", []).append(7)
# %%
zz = "z" in settings
merged = {**settings, "q": inner}
merged["q"].append("m")
# %%
im = inner[-1]
a = b = []
a.append(1)
# %%
bb = b[:]
x = [1, 2, 3]
y = x
x = x + [4]
# %%
yy = len(y)
y += [5]
# %%
xx = len(x)
def first(items):
    return items[0]
f = first(nested)
# %%
f[1] = 77
# %%
nn = nested[2][1]
def swap(p):
    p["l"], p["r"] = p["r"], p["l"]
p = {"l": [1], "r": [2]}
left = p["l"]
# %%
swap(p)
# %%
left.append("moved")
# %%
r = p["r"]
class Node:
    def __init__(self, value, parent=None):
        self.value, self.parent, self.children = value, parent, []
        if parent:
            parent.children.append(self)
root = Node(1)
leaf = Node(2, root)
# %%
leaf.parent.value = 100
# %%
rv = root.value; cv = root.children[0].value
root.children[0].value = 50
# %%
lv = leaf.value
views = d.keys()
d["new"] = 1
# %%
vk = sorted(views)
it = iter(l1)
l1.append(99)
# %%
al = list(it)
sl = slice(0, 2)
l1[sl] = []
del l1[-1]
# %%
fin = l1[:]
mv = memoryview(bytearray(b"abc"))
ba = mv.obj
mv[0] = 122
# %%
bs = bytes(ba)
import array, heapq, bisect
ar = array.array("i", [1, 2]); ar2 = ar
ar2.append(3)
h = [5, 1, 4]; heapq.heapify(h); heapq.heappush(h, 0)
bisect.insort(x, 2)
# %%
out = (ar.tolist(), h[0], x[:3])
