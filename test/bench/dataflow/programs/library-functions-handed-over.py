# %%
import random
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import partial, reduce
import numpy as np
import pandas as pd
random.seed(3)
np.random.seed(4)
# %%
rows = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
table = pd.DataFrame({"a": [3, 1, 2], "b": [4.0, 6.0, 5.0]})
generator = np.random.default_rng(5)
seen, lows = [], []
# %%
def spread(column):
    seen.append(len(column))
    return column.max() - column.min()

def low(column):
    lows.append(len(column))
    return column.min()
# %%
chosen = list(map(random.choice, rows))
# %%
done = list(map(random.shuffle, rows))
# %%
mixed = table.apply(np.random.permutation)
# %%
drawn = table["a"].map(lambda most: generator.integers(most))
# %%
more = list(map(generator.choice, rows))
# %%
ranked = sorted(rows, key=lambda _: random.random())
# %%
numbers = [draw() for draw in (random.random, np.random.rand)]
# %%
pick = random.choice
picked = pick(numbers)
# %%
around = partial(random.gauss, 0)
# %%
near = around(1)
# %%
put = partial(list.append, rows)
# %%
put([0])
# %%
list.append(rows, [10])
# %%
for _ in map(list.sort, rows):
    pass
# %%
spreads = table.agg({"a": spread})
# %%
lowest = table.agg([low, "max"])
# %%
both = table.agg({"a": [spread], "b": [low]})
# %%
levels = defaultdict(random.random)
# %%
level = levels["x"]
# %%
wide = np.vectorize(random.gauss)([1, 2], [3, 4])
# %%
along = np.apply_along_axis(np.random.permutation, 0, table.to_numpy())
# %%
class Noise:
    draw = staticmethod(np.random.rand)

    def __init__(self, make=np.random.normal):
        self.make = make
# %%
noise = Noise()
# %%
loud = noise.make()
# %%
quiet = Noise.draw(2)
# %%
with ThreadPoolExecutor(1) as pool:
    pool.submit(rows.append, [11])
# %%
merged = reduce(np.maximum, [np.ones(2), np.zeros(2)])
# %%
sample = pd.DataFrame.sample(table, 2)
# %%
last = random.random(), np.random.rand(), generator.random()
sizes = [sum(row) for row in rows], seen, lows
