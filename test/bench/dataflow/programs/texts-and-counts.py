# %%
import re, string, json, textwrap, collections, unicodedata, difflib, html, datetime as dt
docs = ["The cat sat.", "A dog ran!", "The dog sat"]
# %%
counts = collections.Counter()
def note(m):
    counts[m.group(0).lower()] += 1
    return m.group(0).upper()
# %%
shout = [re.sub(r"\bthe\b|\bdog\b", note, d, flags=re.I) for d in docs]
# %%
seen = dict(counts)
# %%
vocab = {}
def idx(w):
    return vocab.setdefault(w, len(vocab))
ids = [[idx(w) for w in d.lower().split()] for d in docs]
# %%
size = len(vocab)
# %%
inv = {i: w for w, i in vocab.items()}
idx("new")
# %%
size2 = len(vocab)
# %%
tok = collections.defaultdict(list)
for n, d in enumerate(docs):
    for w in d.split():
        tok[w[0]].append(n)
# %%
tok["z"]
# %%
letters = sorted(tok)
# %%
table = str.maketrans("", "", string.punctuation)
clean = [d.translate(table) for d in docs]
# %%
docs[0] += " Again."
# %%
joined = " ".join(docs)
# %%
tmpl = string.Template("$who is $age")
out = tmpl.safe_substitute(who="x")
# %%
pat = re.compile(r"(\w+)")
it = pat.finditer(docs[1])
first = next(it).group()
# %%
others = [m.group() for m in it]
# %%
sm = difflib.SequenceMatcher(None, "abc", "abd")
r = sm.ratio()
# %%
sm.set_seq2("abc")
# %%
r2 = sm.ratio()
# %%
enc = json.JSONEncoder(default=lambda o: sorted(o))
txt = enc.encode({"s": {3, 1}})
# %%
hooked = []
obj = json.loads('{"a": {"b": 1}}', object_hook=lambda d: hooked.append(list(d)) or d)
# %%
nh = len(hooked)
obj["a"]["c"] = 2
# %%
dump = json.dumps(obj, sort_keys=True)
# %%
stop = {"the"}
def words(d):
    return [w for w in d.lower().split() if w not in stop]
w1 = words(docs[0])
# %%
stop |= {"cat"}
# %%
w2 = words(docs[0])
# %%
day = dt.date(2024, 1, 1)
days = [day + dt.timedelta(days=n) for n in range(3)]
days.reverse()
# %%
wrap = textwrap.TextWrapper(width=10)
wrap.width = 20
# %%
para = wrap.fill("some words that are long enough to wrap")
# %%
cache = {}
for d in docs:
    for w in words(d):
        cache.setdefault(w, set()).add(d)
# %%
cache["dog"].discard(docs[1])
# %%
left = {w: len(s) for w, s in cache.items()}
# %%
rows = [line.split(",") for line in "a,1\nb,2".splitlines()]
for row in rows:
    row[1] = int(row[1])
# %%
by = dict(rows)
rows[0][1] = 7
# %%
tot = sum(n for _, n in rows)
s = set(map(tuple, rows))
s.add(("c", 3))
# %%
frozen = frozenset(s)
s.clear()
# %%
nf = len(frozen)
b = bytearray(b"abc")
v = memoryview(b)
v[0] = ord("z")
# %%
bs = bytes(b)
