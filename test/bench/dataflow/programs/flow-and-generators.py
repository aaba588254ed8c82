# %%
import itertools
limit = 3
source = [5, 2, 8, 1]
seen = []
# %%
def numbers():
    for at in source:
        seen.append(at)
        yield at * limit
stream = numbers()
lazy = (value + limit for value in source)
mapped = map(lambda value: value - limit, source)
# %%
first = next(stream)
limit = 10
second = next(stream)
so_far = list(seen)
# %%
from_lazy = list(lazy)
from_mapped = next(mapped)
source.append(7)
rest = list(stream)
rest_mapped = list(mapped)
all_seen = len(seen)
# %%
pairs = zip(source, itertools.count())
head = next(pairs)
tail = list(pairs)
# %%
if len(tail) > 3:
    chosen = tail
else:
    chosen = source
chosen.append((0, 0))
marked = len(tail)
# %%
try:
    found = source.index(99)
except ValueError as problem:
    found = -1
    seen.append(str(problem))
else:
    seen.append("found")
finally:
    source.reverse()
order = source[0]
# %%
match tail:
    case [(0, one), *others]:
        picked = one
    case [head_pair, *others] if head_pair:
        picked = len(others)
        others.append(picked)
    case _:
        picked = None
# %%
best, rounds = 0, 0
while rounds < 4:
    for value in source:
        if value == 2:
            continue
        if value > 7:
            break
        best = max(best, value)
    else:
        best += 1
    rounds += 1
trail = []
current = trail
for step in range(3):
    current.append(step)
    current = [current] if step == 1 else current
ends = len(trail)
