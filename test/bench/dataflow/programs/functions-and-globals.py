# %%
import functools
rate = 2
history = []
cache = {}
# %%
def scaled(value, by=rate):
    history.append(value)
    return value * by * rate
def remembered(key):
    if key not in cache:
        cache[key] = scaled(key)
    return cache[key]
def reset():
    global rate, history
    rate = 1
    history = []
def twice(function):
    @functools.wraps(function)
    def wrapper(*given):
        return function(*given) + function(*given)
    return wrapper
# %%
first = scaled(3)
rate = 5
second = scaled(3)
third = remembered(4)
fourth = remembered(4)
# %%
@twice
def noisy(value):
    history.append(-value)
    return value + rate
fifth = noisy(1)
kept = list(history)
# %%
reset()
sixth = scaled(1)
length = len(history)
# %%
def counter(start=0):
    state = {"n": start}
    def step(by=1):
        state["n"] += by
        return state["n"]
    return step
tick = counter(10)
tock = tick
a = tick()
b = tock(5)
c = tick()
# %%
operations = {"scale": scaled, "tick": tick}
operations["tick"](100)
d = tick()
steps = [lambda v: v + rate, lambda v: v * rate]
rate = 7
e = functools.reduce(lambda value, step: step(value), steps, 1)
# %%
def walk(tree, found=None):
    found = [] if found is None else found
    for key, value in tree.items():
        found.append(key)
        if isinstance(value, dict):
            walk(value, found)
    return found
tree = {"a": {"b": {}}, "c": {}}
keys = walk(tree)
tree["a"]["d"] = {}
more = walk(tree, keys)
size = len(keys)
