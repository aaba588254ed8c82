# %%
import sqlite3, pandas as pd
df = pd.DataFrame({"a": [1, 2, 3], "b": list("xyz")})
# %%
con = sqlite3.connect("one.db")
df.to_sql("t", con, index=False)
# %%
cur = con.cursor()
cur.execute("insert into t values (4, 'w')")
# %%
con.commit()
# %%
other = sqlite3.connect("one.db")
n = other.execute("select count(*) from t").fetchone()[0]
# %%
cur.execute("select a from t order by a")
# %%
first = cur.fetchone()
# %%
rest = cur.fetchall()
# %%
with con:
    con.execute("delete from t where a = 1")
# %%
m = pd.read_sql("select * from t", other)
# %%
mem = sqlite3.connect(":memory:")
mem.executescript("create table z (q); insert into z values (1);")
# %%
z = mem.execute("select * from z").fetchall()
# %%
mem2 = sqlite3.connect(":memory:")
try:
    mem2.execute("select * from z")
    there = True
except sqlite3.OperationalError:
    there = False
