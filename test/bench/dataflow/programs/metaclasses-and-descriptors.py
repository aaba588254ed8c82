# %%
class Meta(type):
    registry = []
    def __new__(mcs, name, bases, body):
        cls = super().__new__(mcs, name, bases, body)
        mcs.registry.append(name)
        return cls
# %%
class A(metaclass=Meta):
    pass
# %%
class B(A):
    pass
# %%
reg = list(Meta.registry)
# %%
class Single:
    _one = None
    def __new__(cls):
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one
# %%
s1 = Single()
s1.value = 1
# %%
s2 = Single()
s2.value = 2
# %%
seen = s1.value
# %%
class Once(type):
    made = {}
    def __call__(cls, *args, **kwargs):
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*args, **kwargs)
        return cls.made[cls]
# %%
class Config(metaclass=Once):
    def __init__(self):
        self.options = {}
# %%
c1 = Config()
c1.options["a"] = 1
# %%
c2 = Config()
c2.options["b"] = 2
# %%
opts = dict(c1.options)
# %%
class Borg:
    state = {}
    def __init__(self):
        self.__dict__ = self.state
b1 = Borg()
b1.x = 1
# %%
b2 = Borg()
b2.x = 5
# %%
bx = b1.x
# %%
class Typed:
    def __set_name__(self, owner, name):
        self.name = name
        owner.fields.append(name)
    def __get__(self, obj, owner):
        return obj.__dict__.get(self.name, 0)
    def __set__(self, obj, value):
        obj.__dict__[self.name] = value
        owner_log.append(value)
owner_log = []
# %%
class Row:
    fields = []
    a = Typed()
    b = Typed()
# %%
row = Row()
row.a = 3
# %%
fs = list(Row.fields)
log = list(owner_log)
ra = row.a
# %%
class Base:
    count = 0
    @classmethod
    def bump(cls):
        cls.count += 1
        return cls.count
class Child(Base):
    pass
# %%
Child.bump()
# %%
Base.bump()
# %%
counts = Base.count, Child.count
# %%
import abc, collections, enum, functools
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
class Sq(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
    @functools.cached_property
    def big(self): return [self.s] * 2
sq = Sq(2)
# %%
sq.big.append(9)
# %%
bg = sq.big, sq.area()
# %%
class Stack(list):
    def push(self, v):
        self.append(v)
        return self
st = Stack([1])
st2 = st
# %%
st2.push(2).push(3)
# %%
top = st.pop()
# %%
class D(dict):
    def __missing__(self, k):
        self[k] = []
        return self[k]
d = D()
# %%
d["a"].append(1)
# %%
da = d["a"]
# %%
Pt = collections.namedtuple("Pt", "x y")
p = Pt([1], 2)
# %%
p.x.append(2)
# %%
px = p.x
# %%
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n
it = It(5)
# %%
f = next(it)
# %%
two = [next(it), next(it)]
# %%
rest = list(it)
# %%
class Node:
    def __init__(self, v, nxt=None):
        self.v, self.next = v, nxt
n1 = Node(1)
n2 = Node(2, n1)
# %%
n2.next.v = 7
# %%
nv = n1.v
def add_to(cls):
    cls.extra = []
    return cls
@add_to
class Deco: pass
# %%
Deco.extra.append(1)
# %%
ex = Deco().extra
