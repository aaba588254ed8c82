# %%
import asyncio, configparser, contextvars, csv, io, json, os, pathlib, pickle, threading, time, zipfile
from concurrent.futures import ThreadPoolExecutor
rows = [{"a": 1}]
# %%
buf = io.StringIO()
w = csv.writer(buf)
# %%
w.writerow(["a", "b"])
# %%
w.writerow([1, 2])
text = buf.getvalue()
# %%
buf.seek(0)
# %%
got = list(csv.reader(buf))
# %%
dw = csv.DictWriter(buf, fieldnames=["a"])
dw.writeheader()
whole = buf.getvalue()
# %%
os.environ["MODE"] = "fast"
# %%
def mode():
    return os.getenv("MODE", "slow")
m1 = mode()
# %%
conf = configparser.ConfigParser()
conf.read_string("[a]\nx = 1\n")
# %%
conf["a"]["y"] = "2"
sect = conf["a"]
sect["z"] = "3"
# %%
items = dict(conf.items("a"))
# %%
folder = pathlib.Path("outdir")
folder.mkdir(exist_ok=True)
# %%
(folder / "a.json").write_text(json.dumps(items))
# %%
with open(folder / "b.txt", "w") as f:
    print("one", file=f)
# %%
with open("outdir/b.txt", "a") as f:
    f.write("two\n")
# %%
names = sorted(p.name for p in folder.glob("*"))
# %%
lines = (folder / "b.txt").read_text().split()
# %%
loaded = json.load(open(os.path.join("outdir", "a.json")))
# %%
blob = pickle.dumps({"rows": rows})
back = pickle.loads(blob)
back["rows"].append(1)
# %%
results = []
def work(n):
    results.append(n * n)
    return n
# %%
with ThreadPoolExecutor(1) as pool:
    futures = [pool.submit(work, n) for n in range(3)]
# %%
done = [f.result() for f in futures]
# %%
lock = threading.Lock()
class Box:
    total = 0
def add(n):
    with lock:
        Box.total += n
threads = [threading.Thread(target=add, args=(n,)) for n in (1, 2)]
# %%
for t in threads:
    t.start()
# %%
for t in threads:
    t.join()
tot = Box.total
# %%
async def fetch(k, sink):
    await asyncio.sleep(0)
    sink[k] = k
    return k
# %%
sink = {}
async def main():
    return await asyncio.gather(*(fetch(k, sink) for k in range(3)))
# %%
answers = asyncio.new_event_loop().run_until_complete(main())
# %%
found = sorted(sink)
# %%
var = contextvars.ContextVar("var", default=0)
tok = var.set(5)
# %%
v1 = var.get()
# %%
var.reset(tok)
v2 = var.get()
# %%
with zipfile.ZipFile("outdir/z.zip", "w") as z:
    z.writestr("in.txt", "hi")
# %%
with zipfile.ZipFile("outdir/z.zip") as z:
    inside = z.read("in.txt")
# %%
os.rename("outdir/b.txt", "outdir/c.txt")
# %%
there = os.path.exists("outdir/c.txt")
# %%
os.remove("outdir/c.txt")
# %%
left = sorted(os.listdir("outdir"))
