# %%
import abc, collections, enum, functools, itertools, operator, typing, weakref
class Account:
    opened = 0
    def __init__(self, name, log=[]):
        self.name, self.balance, self.log = name, 0, log
        Account.opened += 1
    def __iadd__(self, n):
        self.balance += n
        self.log.append(n)
        return self
    def __call__(self, f):
        self.balance = f(self.balance)
        return self
    def __getitem__(self, k):
        return self.log[k]
    def __setitem__(self, k, v):
        self.log[k] = v
    def __delitem__(self, k):
        del self.log[k]
    def __contains__(self, k):
        self.log.append(0)
        return k in self.log
    def __len__(self):
        return len(self.log)
    def __enter__(self):
        self.inside = True
        return self
    def __exit__(self, *e):
        self.inside = False
# %%
a = Account("a")
b = Account("b")
# %%
a += 5
# %%
b(lambda x: x + 1)
# %%
a[0] = 7
# %%
n = len(b)
# %%
yes = 7 in b
# %%
n2 = len(a)
# %%
del b[0]
# %%
with a as inside:
    inside.balance = 50
# %%
bal = a.balance
opened = Account.opened
# %%
class Tracked:
    def __init__(self):
        object.__setattr__(self, "seen", [])
    def __setattr__(self, name, value):
        self.seen.append(name)
        object.__setattr__(self, name, value)
    def __getattr__(self, name):
        self.seen.append("?" + name)
        return 0
# %%
t = Tracked()
t.x = 1
# %%
y = t.missing
# %%
seen = list(t.seen)
# %%
class Positive:
    def __set_name__(self, owner, name):
        self.slot = "_" + name
        owner.fields = getattr(owner, "fields", []) + [name]
    def __get__(self, obj, owner=None):
        return self if obj is None else obj.__dict__.get(self.slot, 0)
    def __set__(self, obj, value):
        obj.__dict__[self.slot] = abs(value)
class Item:
    price = Positive()
    count = Positive()
# %%
i = Item()
i.price = -4
# %%
p = i.price
fields = Item.fields
# %%
class Plugin(abc.ABC):
    known = {}
    def __init_subclass__(cls, key=None, **kw):
        super().__init_subclass__(**kw)
        Plugin.known[key] = cls
    @abc.abstractmethod
    def go(self): ...
# %%
class One(Plugin, key="one"):
    def go(self):
        return 1
# %%
class Two(Plugin, key="two"):
    def go(self):
        return 2
# %%
ans = [c().go() for c in Plugin.known.values()]
# %%
def counter():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    def get():
        return n
    return up, get
up, get = counter()
# %%
up()
# %%
up()
# %%
now = get()
# %%
def timed(f):
    f.calls = 0
    @functools.wraps(f)
    def inner(*a, **k):
        f.calls += 1
        inner.last = a
        return f(*a, **k)
    return inner
@timed
def add(x, y):
    return x + y
# %%
add(1, 2)
# %%
last = add.last
calls = add.__wrapped__.calls
# %%
class Node:
    def __init__(self, v, nxt=None):
        self.v, self.nxt = v, nxt
    def __iter__(self):
        node = self
        while node:
            yield node
            node = node.nxt
c = Node(1, Node(2, Node(3)))
# %%
for node in c:
    node.v *= 10
# %%
vals = [node.v for node in c]
# %%
Pt = collections.namedtuple("Pt", "x tags")
pt = Pt(1, [])
# %%
pt2 = pt._replace(x=2)
pt2.tags.append("t")
# %%
tags = pt.tags
# %%
def spread(first, *rest, **named):
    rest[0].append(first)
    named["k"]["z"] = first
lst, dct = [], {}
spread(1, lst, k=dct)
# %%
sizes = len(lst), len(dct)
# %%
class Base:
    def __init__(self):
        self.parts = []
        self.build()
    def build(self):
        self.parts.append("base")
class Child(Base):
    def build(self):
        super().build()
        self.parts.append("child")
# %%
ch = Child()
# %%
def patched(self):
    self.parts.append("patched")
Child.build = patched
# %%
ch2 = Child()
parts = ch.parts + ch2.parts
# %%
import types
ch.extra = types.MethodType(lambda self: self.parts.clear(), ch)
# %%
ch.extra()
# %%
left = len(ch.parts)
# %%
match {"op": "push", "to": lst}:
    case {"op": "push", "to": target}:
        target.append("m")
# %%
ll = len(lst)
# %%
try:
    lst.append("t")
    raise ValueError(lst)
except ValueError as err:
    err.args[0].append("e")
finally:
    lst.append("f")
# %%
tail = lst[-3:]
# %%
stack = [iter([1, 2]), iter([3])]
# %%
nx = next(stack[0])
# %%
rest = list(itertools.chain.from_iterable(stack))
# %%
acc = functools.reduce(lambda d, k: d.update({k: 1}) or d, "ab", dct)
# %%
keys = sorted(dct)
# %%
dct |= {"q": 1}
lst *= 2
# %%
x = y2 = lst
y2 += [1]
# %%
size = len(x)
# %%
lst[:] = [1, 2, 3]
# %%
del x[0]
# %%
fin = list(y2)
