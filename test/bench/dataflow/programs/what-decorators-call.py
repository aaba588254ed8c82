# %%
import functools, numpy as np
# %%
class CountCalls:
    def __init__(self, f):
        self.f, self.count = f, 0
    def __call__(self, *a):
        self.count += 1
        return self.f(*a)
# %%
@CountCalls
def add(x, y):
    return x + y
# %%
add(1, 2)
# %%
n = add.count
# %%
class Registry:
    def __init__(self):
        self.known = {}
    def register(self, name):
        def deco(f):
            self.known[name] = f
            return f
        return deco
    def plain(self, f):
        self.known[f.__name__] = f
        return f
reg = Registry()
# %%
@reg.register("one")
def one():
    return 1
# %%
@reg.plain
def two():
    return 2
# %%
answers = {k: f() for k, f in reg.known.items()}
# %%
handlers = []
@handlers.append
def third():
    return 3
# %%
t = handlers[0]()
# %%
table = {}
# %%
limit = 3
def guarded(f):
    @functools.wraps(f)
    def inner(x):
        return f(min(x, limit))
    return inner
# %%
@guarded
@np.vectorize
def sq(x):
    return x * x
# %%
r = sq(10)
# %%
class Temp:
    def __init__(self):
        self.hooks = []
    def hook(self, f):
        self.hooks.append(f)
        return f
tmp = Temp()
class Job:
    seen = []
    @tmp.hook
    def go(self):
        Job.seen.append(1)
# %%
j = Job()
for h in tmp.hooks:
    h(j)
# %%
s = len(Job.seen)
# %%
def memo(f, cache={}):
    def inner(x):
        if x not in cache:
            cache[x] = f(x)
        return cache[x]
    inner.cache = cache
    return inner
@memo
def slow(x):
    return [x]
# %%
slow(1).append(2)
# %%
c = slow(1)
# %%
csize = len(slow.cache)
