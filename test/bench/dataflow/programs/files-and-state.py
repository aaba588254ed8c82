# %%
import json, os, pickle, random, sqlite3
from pathlib import Path
import numpy as np
BASE = Path("work")
NAME = "result"
random.seed(3)
np.random.seed(3)
# %%
BASE.mkdir(exist_ok=True)
target = BASE / f"{NAME}.json"
target.write_text(json.dumps({"n": random.randint(0, 9)}))
out = open(os.path.join("work", "by-hand.txt"), "w")
# %%
out.write("first\n")
loaded = json.loads(Path("work/result.json").read_text())
drawn = float(np.random.rand())
# %%
print("second", file=out)
out.close()
lines = open("work/by-hand.txt").read().split()
# %%
def save(value, name):
    path = os.path.join(str(BASE), name + ".pkl")
    with open(path, "wb") as handle:
        pickle.dump(value, handle)
    return path
where = save(lines, "lines")
again = pickle.load(open("work/lines.pkl", "rb"))
# %%
state = random.getstate()
one = random.random()
random.setstate(state)
two = random.random()
generator = np.random.default_rng(5)
other = generator
x = generator.normal()
y = other.normal()
# %%
np.random.seed(8)
shuffled = [1, 2, 3, 4]
np.random.shuffle(shuffled)
os.environ["LEVEL"] = str(len(lines))
level = int(os.environ.get("LEVEL", "0"))
# %%
os.chdir("work")
Path("inside.txt").write_text("x" * level)
os.chdir("..")
size = os.path.getsize("work/inside.txt")
listed = sorted(os.listdir("work"))
# %%
db = sqlite3.connect("work/data.db")
db.execute("create table t (v integer)")
db.execute("insert into t values (4)")
count = db.execute("select sum(v) from t").fetchone()[0]
np.set_printoptions(precision=2)
text = str(np.array([1 / 3, size]))
