# %%
import collections, heapq, itertools, math, random
graph = {"a": {"b": 1, "c": 4}, "b": {"c": 2}, "c": {}}
# %%
def dijkstra(g, s):
    dist = {n: math.inf for n in g}
    dist[s] = 0
    q = [(0, s)]
    while q:
        d, n = heapq.heappop(q)
        for m, w in g[n].items():
            if d + w < dist[m]:
                dist[m] = d + w
                heapq.heappush(q, (d + w, m))
    return dist
d1 = dijkstra(graph, "a")
# %%
graph["a"]["c"] = 1
graph.setdefault("d", {})["a"] = 2
# %%
d2 = dijkstra(graph, "d")
# %%
memo = {}
def fib(n):
    if n not in memo:
        memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
# %%
f10 = fib(10)
# %%
known = len(memo)
# %%
fib(20)
# %%
known2 = max(memo)
# %%
class Bank:
    fee = 1
    accounts = {}
    def __init__(self, name, amount=0):
        self.name = name
        self._amount = amount
        Bank.accounts[name] = self
    @property
    def amount(self):
        return self._amount
    @amount.setter
    def amount(self, v):
        if v < 0:
            raise ValueError("poor")
        self._amount = v
    def pay(self, other, n):
        self.amount -= n + self.fee
        other.amount += n
    @classmethod
    def raise_fee(cls):
        cls.fee += 1
    @staticmethod
    def total():
        return sum(a.amount for a in Bank.accounts.values())
ann, bob = Bank("ann", 10), Bank("bob", 10)
# %%
ann.pay(bob, 3)
# %%
Bank.raise_fee()
# %%
bob.pay(ann, 1)
# %%
tot = Bank.total()
# %%
try:
    ann.pay(bob, 100)
except ValueError as e:
    problem = str(e)
# %%
fee_ann = ann.fee
ann.fee = 0
# %%
ann.pay(bob, 1)
left = ann.amount
# %%
class Stack(list):
    def push(self, x):
        self.append(x)
        return self
    def peek(self):
        return self[-1]
st = Stack()
# %%
st.push(1).push(2)
# %%
top = st.peek()
# %%
class Counter2(collections.Counter):
    def bump(self, k):
        self[k] += 1
c2 = Counter2()
# %%
for w in "abca":
    c2.bump(w)
# %%
common = c2.most_common(1)
# %%
random.seed(5)
def walk(n, pos=[0, 0]):
    for _ in range(n):
        axis = random.randrange(2)
        pos[axis] += random.choice([-1, 1])
    return tuple(pos)
# %%
w1 = walk(5)
# %%
w2 = walk(5)
# %%
grid = [[0] * 3] * 2
grid[0][1] = 5
# %%
g11 = grid[1][1]
# %%
board = [[0] * 3 for _ in range(2)]
row = board[0]
row[0] = "x"
# %%
shown = "\n".join("".join(map(str, r)) for r in board)
# %%
def bfs(tree, visit):
    todo = collections.deque([tree])
    while todo:
        n = todo.popleft()
        visit(n)
        todo.extend(n.get("kids", []))
tree = {"v": 1, "kids": [{"v": 2}, {"v": 3}]}
order = []
bfs(tree, lambda n: order.append(n["v"]))
# %%
bfs(tree, lambda n: n.update(seen=True))
# %%
flags = [k["seen"] for k in tree["kids"]]
# %%
perm = list(itertools.permutations([1, 2, 3]))
random.shuffle(perm)
# %%
best = min(perm, key=lambda p: (p[0], random.random()))
# %%
after = random.random()
# %%
def gen_primes():
    found = []
    for n in itertools.count(2):
        if all(n % p for p in found):
            found.append(n)
            yield n
primes = gen_primes()
p5 = list(itertools.islice(primes, 5))
# %%
nextp = next(primes)
# %%
lines = iter(["a", "b", "c", "d"])
for line in lines:
    if line == "b":
        break
# %%
rest = list(lines)
# %%
matrix = [[1, 2], [3, 4]]
for r in matrix:
    r.reverse()
# %%
trans = list(map(list, zip(*matrix)))
trans[0][0] = 99
# %%
m00 = matrix[0][0]
a, b = matrix
a += b
# %%
flat = sum(matrix, [])
# %%
def apply_all(fs, x):
    for f in fs:
        x = f(x)
    return x
k = 2
fs = [lambda v: v + k, lambda v: v * k]
r1 = apply_all(fs, 1)
# %%
k = 10
# %%
r2 = apply_all(fs, 1)
# %%
cfg = dict(lr=0.1, opts=dict(m=[1]))
run = {**cfg, "lr": 1}
run["opts"]["m"].append(2)
# %%
mm = cfg["opts"]["m"]
