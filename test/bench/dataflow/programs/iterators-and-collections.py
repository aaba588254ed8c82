# %%
import itertools
from collections import deque, defaultdict, Counter, ChainMap, OrderedDict
def numbers(limit):
    for k in range(limit):
        seen.append(k)
        yield k
seen = []
gen = numbers(6)
# %%
first = next(gen)
second = next(gen)
# %%
rest = list(itertools.islice(gen, 2))
# %%
left = sum(gen)
visited = list(seen)
# %%
it1, it2 = itertools.tee(iter([1, 2, 3]))
x1 = next(it1)
# %%
y = list(zip(it1, it2))
# %%
source = iter("abcdef")
pairs = zip(source, source)
p0 = next(pairs)
# %%
remaining = "".join(source)
# %%
q = deque([1, 2, 3], maxlen=3)
alias = q
# %%
alias.rotate(1)
# %%
q.append(9)
tail = list(alias)
# %%
groups = defaultdict(list)
for w in ["aa", "b", "cc", "d"]:
    groups[len(w)].append(w)
two = groups[2]
# %%
two.append("zz")
# %%
flat = sorted(itertools.chain.from_iterable(groups.values()))
missing = groups[7]
keys = sorted(groups)
# %%
c = Counter("hello")
d1 = {"a": 1}
d2 = {"b": 2}
chain = ChainMap(d1, d2)
# %%
d2["a"] = 5; d2["c"] = 6
c.update("lll")
# %%
looked = (chain["a"], chain["c"], c["l"])
chain["c"] = 0
# %%
after = dict(d1)
# %%
od = OrderedDict(one=1, two=2)
od.move_to_end("one")
ks = list(od)
m = map(seen.append, [100, 200])
# %%
done = list(m)
# %%
end = seen[-2:]
def echo():
    got = None
    while True:
        got = yield got
        if got is not None:
            seen.append(got)
e = echo(); next(e)
# %%
e.send("sent")
# %%
last = seen[-1]
