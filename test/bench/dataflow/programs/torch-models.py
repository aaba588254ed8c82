# %%
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
x = torch.randn(8, 4)
y = torch.randint(0, 2, (8,))
net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 2))
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(4, 2)
        self.bn = nn.BatchNorm1d(2)
        self.drop = nn.Dropout(0.3)
    def forward(self, x):
        return self.drop(self.bn(self.lin(x)))
other = Net()
class Counted(nn.Module):
    calls = 0
    def forward(self, x):
        Counted.calls += 1
        return x
counted = nn.Sequential(Counted())
dist = torch.distributions.Normal(0.0, 1.0)
plain = nn.Linear(4, 2)
# %%
first = net(x)
# %%
second = other(x)
# %%
counted(x)
# %%
many = Counted.calls
# %%
drawn = dist.sample((2,))
# %%
net.eval()
other.eval()
# %%
third = net(x)
# %%
fourth = other(x)
# %%
fifth = plain(x)
# %%
last = torch.rand(2)
# %%
opt = torch.optim.Adam(net.parameters(), lr=0.1)
loss_fn = nn.CrossEntropyLoss()
# %%
def train(epochs):
    net.train()
    for _ in range(epochs):
        opt.zero_grad()
        loss = loss_fn(net(x), y)
        loss.backward()
        opt.step()
    return loss.item()
# %%
def evaluate():
    net.eval()
    with torch.no_grad():
        return (net(x).argmax(1) == y).float().mean().item()
# %%
before = evaluate()
# %%
loss = train(3)
# %%
after = evaluate()
# %%
again = train(2)
# %%
from torch.utils.data import DataLoader, TensorDataset, WeightedRandomSampler
ds = TensorDataset(x, y)
loader = DataLoader(ds, batch_size=4, sampler=WeightedRandomSampler(torch.ones(8), 8))
# %%
batches = [b[1].tolist() for b in loader]
# %%
w = net[0].weight
w.data[0] = 0
# %%
params = dict(net.named_parameters())
sd = net.state_dict()
sd["0.bias"][0] = 5
# %%
fin = net[0].bias.tolist(), torch.rand(1).item()
# %%
arr = x.numpy()
arr[0] = 1
# %%
tied = nn.Linear(8, 8)
tied2 = nn.Linear(8, 8)
tied2.weight = tied.weight
# %%
with torch.no_grad():
    tied.weight.fill_(1)
# %%
s = tied2.weight.sum().item()
hook = []
h = plain.register_forward_hook(lambda m, i, o: hook.append(o.shape))
# %%
plain(x)
# %%
n = len(hook)
buf = x.detach()
buf[1, 1] = 9
# %%
xs = x.sum().item()
