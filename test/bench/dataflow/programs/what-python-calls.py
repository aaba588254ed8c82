# %%
class Temperature:
    count = 0
    _all = []
    def __init__(self, c):
        self.c = c
        Temperature.count += 1
        Temperature._all.append(self)
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)
        self.__dict__.setdefault("_log", []).append(name)
    def __getitem__(self, k):
        return getattr(self, k)
    def __setitem__(self, k, v):
        setattr(self, k, v)
    def __iadd__(self, other):
        self.c += other
        return self
    def __call__(self, factor):
        self.c *= factor
        return self.c
    def __len__(self):
        return len(self._log)
    def __contains__(self, name):
        return name in self._log
# %%
t = Temperature(10)
u = t
# %%
u += 5
# %%
t["f"] = 50
hot = t(2)
# %%
log = list(t._log)
size = len(t)
has = "f" in u
# %%
Temperature(1)
# %%
how_many = Temperature.count
lows = [x.c for x in Temperature._all]
# %%
class Typed:
    def __set_name__(self, owner, name):
        self.name = "_" + name
        owner.fields = getattr(owner, "fields", []) + [name]
    def __get__(self, obj, kind=None):
        return self if obj is None else obj.__dict__.get(self.name, 0)
    def __set__(self, obj, value):
        obj.__dict__[self.name] = int(value)
        journal.append((self.name, value))
journal = []
class Point:
    x = Typed()
    y = Typed()
# %%
p = Point()
p.x = "3"
# %%
p.y = 4.7
fields = Point.fields
# %%
norm = p.x ** 2 + p.y ** 2
written = list(journal)
# %%
class Base:
    shared = {"k": 1}
    def touch(self):
        self.shared["k"] += 1
        return self
class Child(Base):
    pass
child = Child()
# %%
child.touch().touch()
# %%
k = Base.shared["k"]
Child.extra = "set later"
# %%
ex = child.extra
Base.touch = lambda self: "patched"
# %%
what = child.touch()
# %%
from types import SimpleNamespace
cfg = SimpleNamespace(lr=0.1, nested=SimpleNamespace(depth=2))
n = cfg.nested
# %%
setattr(n, "depth", 5)
vars(cfg)["lr"] = 0.5
cfg.__dict__.update(extra=1)
# %%
summary = (cfg.lr, cfg.nested.depth, cfg.extra)
delattr(cfg, "extra")
# %%
gone = hasattr(cfg, "extra")
from dataclasses import dataclass, field, replace
@dataclass
class Run:
    name: str
    tags: list = field(default_factory=list)
r0 = Run("a")
r1 = replace(r0, name="b")
# %%
r1.tags.append("shared")
# %%
tags = r0.tags
# %%
from functools import cache, lru_cache
@cache
def table(name):
    return [name]
@lru_cache(maxsize=None)
def pair(one, two=0):
    return {"of": [one, two]}
# %%
first_table = table("a")
other_table = table("b")
first_pair = pair(1, two=2)
# %%
first_table.append("changed")
first_pair["of"].append(3)
# %%
same_table = table("a")
same_pair = pair(1, two=2)
new_pair = pair(2)
# %%
lengths = (len(same_table), len(other_table), len(same_pair["of"]), len(new_pair["of"]))
# %%
known, sizes = {}, []
class Shape:
    def __init_subclass__(cls, *, size=1, **options):
        super().__init_subclass__(**options)
        known[cls.__name__] = cls
        sizes.append(size)
# %%
class Square(Shape, size=4):
    pass
# %%
class Round(Square):
    pass
# %%
shape_names = sorted(known)
size_sum = sum(sizes)
