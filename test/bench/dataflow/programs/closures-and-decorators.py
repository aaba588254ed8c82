# %%
import functools
counters = []
for i in range(3):
    counters.append(lambda step=1, i=i: i + step)
late = [lambda: i for _ in range(2)]
# %%
i = 10
seen_late = [f() for f in late]
seen_bound = [f() for f in counters]
# %%
def remember(fn):
    calls = []
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        calls.append((fn.__name__, args))
        return fn(*args, **kwargs)
    inner.calls = calls
    return inner
@remember
def double(x):
    return x * 2
# %%
a = double(2)
# %%
b = double(3)
history = list(double.calls)
# %%
def make_counter():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    def value():
        return n
    return up, value
up, value = make_counter()
# %%
up(); up()
# %%
total = value()
# %%
registry = {}
def register(name):
    def deco(fn):
        registry[name] = fn
        return fn
    return deco
@register("inc")
def inc(x):
    return x + offset
# %%
offset = 5
r1 = registry["inc"](1)
offset = 7
# %%
r2 = registry["inc"](1)
# %%
base = [1, 2]
adder = functools.partial(base.append, 99)
# %%
adder()
# %%
copied = base[:]
scale = functools.partial(lambda xs, k: [x * k for x in xs], k=3)
scaled = scale(base)
# %%
@functools.lru_cache(maxsize=None)
def slow(x):
    registry.setdefault("calls", []).append(x)
    return x * x
# %%
s = slow(4) + slow(4)
# %%
n_calls = len(registry["calls"])
def outer(acc=[]):
    acc.append(len(acc))
    return acc
# %%
o1 = outer()
# %%
outer()
# %%
o2 = list(o1)
