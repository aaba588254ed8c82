# %% [markdown]
# # Daten lesen
# %%
import os.path  # is this used?
import re
values = [7, 9, 12]  # why?
rest = (values[0]
        % 4)
text = """%matplotlib inline
!ls
100 % sure"""
x = 3
debug = f"{x=}"
# %%
if (n := len(values)) > 2:
    big = n
a, *others, z = values
for i, last in enumerate(values):
    pass
squares = [i * i for i in range(3)]
# %% [markdown]
# # 特徴量
# %%
match values:
    case [first, *tail]:
        picked = first + len(tail)
    case _:
        picked = 0
del x
x = 5
total: int
total = sum(values)
# %%
try:
    int("no")
except ValueError as problem:
    told = str(problem)
with open(os.path.join("pattern-27.txt"), "w") as file:
    file.write("ok")
# %%
# %% [markdown]
# # 特徴量
# %%
factor = 2
class Config:
    scale = factor
    names = [n for n in "ab"]
f = lambda v, k=factor: v * k
def counting():
    hits = 0
    def hit():
        nonlocal hits
        hits += 1
        return hits
    hit()
    return hit()
class Box:
    n = 0
box = Box()
box.n += 4
# %% [markdown]
# # Ende
# %%
if __name__ == "__main__":
    print(rest, debug, big, a, others, z, i, last, squares, picked, x, total, told)
    print(Config.scale, f(3), counting(), box.n, text.splitlines()[2], re.sub("a", "b", "a"))
