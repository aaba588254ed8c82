# %%
import pandas as pd
x = 2
rows = [1, 2]
frame = pd.DataFrame({"v": [1, 2, 3, 4]})
# %%
exec("y = x + 1")
exec("rows.append(y)")
z = eval("x * y + len(rows)")
# %%
globals()["w"] = z + 1
v = w * 2
for name in ["p", "q"]:
    globals()[name] = v
r = p + q
# %%
big = frame.query("v > @x")
x = 3
bigger = frame.query("v > @x")
frame.eval("u = v + @x", inplace=True)
total = int(frame["u"].sum())
# %%
method = "app" + "end"
getattr(rows, method)(total)
size = len(rows)
class Options:
    pass
options = Options()
for key, value in {"depth": 3, "rows": rows}.items():
    setattr(options, key, value)
options.rows.append(options.depth)
last = rows[-1]
here = locals()["last"]
