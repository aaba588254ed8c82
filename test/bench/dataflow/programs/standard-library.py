# %%
import bisect, collections, contextlib, copy, dataclasses, functools, heapq, itertools, operator, types
rows = [3, 1, 2]
alias = rows
nested = [[1], [2]]
shallow = copy.copy(nested)
deep = copy.deepcopy(nested)
# %%
bisect.insort(rows, 2)
# %%
heapq.heapify(rows)
heapq.heappush(alias, 0)
# %%
top = heapq.heappop(rows)
# %%
operator.setitem(nested[0], 0, 9)
# %%
one, two = itertools.tee(iter([1, 2, 3]))
# %%
f1 = next(one)
# %%
rest2 = list(two)
# %%
src = iter(range(6))
ch = itertools.chain(src, [100])
# %%
n0 = next(src)
# %%
left = list(ch)
# %%
cyc = itertools.cycle("ab")
x1 = next(cyc)
# %%
x2 = next(cyc)
# %%
pairs = zip(rows, src)
dq = collections.deque([1, 2, 3], maxlen=3)
# %%
dq.rotate(1)
dq.append(7)
# %%
cnt = collections.Counter("aab")
cnt.update("b")
# %%
cnt.subtract("a")
# %%
od = collections.OrderedDict(a=1, b=2)
od.move_to_end("a")
# %%
cm = collections.ChainMap({}, od)
cm["z"] = 1
od["y"] = 2
# %%
keys = list(cm)
# %%
@dataclasses.dataclass
class P:
    items: list
    n: int = 0
p = P(rows)
q = dataclasses.replace(p, n=1)
# %%
q.items.append(42)
# %%
@functools.lru_cache(maxsize=None)
def table(k):
    return [k]
# %%
table(1).append(2)
# %%
got = table(1)
# %%
def gen():
    total = 0
    while True:
        x = yield total
        total += x or 0
g = gen()
next(g)
# %%
g.send(5)
# %%
cur = g.send(1)
# %%
@contextlib.contextmanager
def noted(where):
    where.append("in")
    yield where
    where.append("out")
# %%
log = []
with noted(log) as l2:
    l2.append("mid")
# %%
with contextlib.ExitStack() as st:
    st.callback(log.append, "cb")
# %%
ns = types.SimpleNamespace(vals=rows)
ns.vals.append(-5)
# %%
setattr(ns, "k", 3)
val = getattr(ns, "k")
# %%
vars(ns)["m"] = 6
# %%
mm = ns.m
# %%
a, *b = rows
b.append(1)
# %%
(c := [1]).append(2)
# %%
d = e = []
d.append(3)
# %%
def outer():
    acc = []
    def add(v):
        acc.append(v)
        return acc
    return add
add = outer()
# %%
add(1)
# %%
res = add(2)
# %%
def default(v, box=[]):
    box.append(v)
    return box
# %%
default(1)
# %%
bx = default(2)
# %%
class Reg:
    subs = []
    def __init_subclass__(cls, **kw):
        Reg.subs.append(cls.__name__)
# %%
class S1(Reg):
    pass
# %%
subs = list(Reg.subs)
# %%
class Slot:
    __slots__ = ("v",)
    def __init__(self, v):
        self.v = v
    def __eq__(self, o):
        return self.v == o.v
    def __hash__(self):
        return hash(self.v)
sl = Slot([1])
# %%
sl.v.append(4)
# %%
def count(f):
    @functools.wraps(f)
    def inner(*a, **k):
        inner.calls += 1
        return f(*a, **k)
    inner.calls = 0
    return inner
# %%
@count
def hello(n):
    return n + 1
# %%
hello(1)
# %%
hello(2)
# %%
calls = hello.calls
# %%
match rows:
    case [first, *others]:
        first = first + 1
# %%
match {"k": nested}:
    case {"k": inn}:
        inn[1].append(8)
# %%
fns = [lambda i=i: rows[i] for i in range(2)]
# %%
rows[0] = 1000
# %%
outs = [fn() for fn in fns]
# %%
sorted_rows = sorted(rows); rows.sort(reverse=True)
# %%
sl2 = slice(0, 2)
rows[sl2] = [7, 7]
# %%
s = set(rows); t = s; t |= {99}
# %%
fz = frozenset(s)
dd = dict.fromkeys("ab", [])
# %%
dd["a"].append(1)
# %%
view = dd.keys()
dd["c"] = 1
# %%
ks = list(view)
# %%
del rows[0]
# %%
tup = (rows, 1)
tup[0].append(555)
# %%
ba = bytearray(b"abc"); mv = memoryview(ba)
mv[0] = 120
# %%
text = ba.decode()
total = sum(rows), sum(alias), nested, shallow, deep
