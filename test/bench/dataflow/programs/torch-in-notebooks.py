# %%
import copy, torch, torch.nn as nn, torch.nn.functional as F, numpy as np
from torch.utils.data import TensorDataset, DataLoader, random_split
torch.manual_seed(0)
X = torch.randn(40, 4); y = (X.sum(1) > 0).long()
# %%
ds = TensorDataset(X, y)
tr, va = random_split(ds, [30, 10])
# %%
loader = DataLoader(tr, batch_size=10, shuffle=True)
# %%
class Net(nn.Module):
    def __init__(self, h=8):
        super().__init__()
        self.a = nn.Linear(4, h)
        self.drop = nn.Dropout(0.5)
        self.b = nn.Linear(h, 2)
        self.register_buffer("calls", torch.zeros(1))
    def forward(self, x):
        self.calls += 1
        return self.b(self.drop(F.relu(self.a(x))))
net = Net()
# %%
opt = torch.optim.Adam(net.parameters(), lr=0.01)
sched = torch.optim.lr_scheduler.StepLR(opt, 1, gamma=0.5)
crit = nn.CrossEntropyLoss()
# %%
hist = []
def epoch():
    net.train()
    total = 0.0
    for xb, yb in loader:
        opt.zero_grad()
        loss = crit(net(xb), yb)
        loss.backward()
        opt.step()
        total += loss.item()
    hist.append(total)
epoch()
# %%
sched.step()
# %%
lr = opt.param_groups[0]["lr"]
# %%
best = copy.deepcopy(net.state_dict())
live = net.state_dict()
# %%
epoch()
# %%
w_live = live["a.bias"].sum().item()
w_best = best["a.bias"].sum().item()
# %%
net.load_state_dict(best)
# %%
net.eval()
with torch.no_grad():
    acc = (net(X).argmax(1) == y).float().mean().item()
# %%
ncalls = net.calls.item()
# %%
for p in net.a.parameters():
    p.requires_grad_(False)
# %%
frozen = [n for n, p in net.named_parameters() if not p.requires_grad]
# %%
net.b = nn.Linear(8, 3)
# %%
shape = net(X[:2]).shape
# %%
opt2 = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1)
# %%
opt2.param_groups[0]["lr"] = 0.5
# %%
out = net(X).sum()
out.backward()
# %%
g = net.b.bias.grad.clone()
nn.utils.clip_grad_norm_(net.parameters(), 0.1)
# %%
g2 = net.b.bias.grad.norm().item()
# %%
opt2.step()
# %%
b = net.b.bias.detach()
b += 1
# %%
b0 = net.b.bias[0].item()
# %%
net.apply(lambda m: nn.init.zeros_(m.bias) if isinstance(m, nn.Linear) else None)
# %%
z = net.b.bias.abs().sum().item()
# %%
np_view = net.b.weight.detach().numpy()
np_view[0, 0] = 42
# %%
w00 = net.b.weight[0, 0].item()
# %%
torch.save(net.state_dict(), "net.pt")
# %%
net2 = Net(8)
net2.b = nn.Linear(8, 3)
net2.load_state_dict(torch.load("net.pt"))
# %%
w2 = net2.b.weight[0, 0].item()
# %%
ema = {k: v.clone() for k, v in net.state_dict().items()}
# %%
for k, v in net2.state_dict().items():
    ema[k].mul_(0.5).add_(v, alpha=0.5)
# %%
e0 = ema["b.weight"][0, 0].item()
# %%
gen = torch.Generator().manual_seed(3)
r1 = torch.rand(2, generator=gen)
# %%
r2 = torch.rand(2, generator=gen)
# %%
with torch.random.fork_rng():
    torch.manual_seed(9)
    inside = torch.rand(1).item()
# %%
outside = torch.rand(1).item()
# %%
it = iter(loader)
first = next(it)[1].sum().item()
# %%
second = next(it)[1].sum().item()
# %%
emb = nn.Embedding(5, 2)
emb.weight.data[0] = 0
# %%
e = emb(torch.tensor([0])).sum().item()
hook = net.a.register_forward_hook(lambda m, i, o: hist.append(o.shape[0]))
# %%
net(X[:4])
# %%
nh = len(hist)
hook.remove()
# %%
net(X[:4])
# %%
nh2 = len(hist)
lstm = nn.LSTM(4, 3, batch_first=True)
o, (hn, cn) = lstm(X[None])
# %%
hn.zero_()
# %%
hs = hn.sum().item()
model = nn.Sequential(nn.Linear(4, 2), nn.BatchNorm1d(2))
# %%
model(X)
# %%
rm = model[1].running_mean.sum().item()
model[0] = nn.Linear(4, 2, bias=False)
# %%
has = model[0].bias is None
t = torch.arange(4.0).reshape(2, 2)
u = t.T
u[0, 1] = 9
# %%
tt = t[1, 0].item()
s = t.clone()
s.fill_(0)
# %%
v = t.view(-1)
v.add_(1)
# %%
t11 = t[1, 1].item()
cat = torch.cat([t, t])
cat.zero_()
# %%
ts = t.sum().item()
