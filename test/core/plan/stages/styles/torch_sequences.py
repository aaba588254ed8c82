# %%
import torch, random, os
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import Dataset, DataLoader, random_split
import pandas as pd
import numpy as np
from tqdm import tqdm
# %%
BATCH = 32
EPOCHS = 2
LR = 0.01
torch.manual_seed(1)
np.random.seed(1)
# %%
class SeqData(Dataset):
    def __init__(self, n=400, length=12):
        t = np.linspace(0, 4, length)
        self.phase = np.random.rand(n) * 3
        self.X = np.sin(t[None] + self.phase[:, None]).astype("float32")
        self.y = (self.phase > 1.5).astype("int64")
    def __len__(self):
        return len(self.y)
    def __getitem__(self, i):
        return self.X[i], self.y[i]

dataset = SeqData()
len(dataset), dataset[0]
# %%
n_val = int(0.2 * len(dataset))
train_set, val_set = random_split(dataset, [len(dataset) - n_val, n_val])
train_dl = DataLoader(train_set, batch_size=BATCH, shuffle=True)
val_dl = DataLoader(val_set, batch_size=BATCH)
xb, yb = next(iter(train_dl))
xb.shape, yb.shape
# %%
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(1, 16, batch_first=True)
        self.out = nn.Linear(16, 2)
    def forward(self, x):
        h, _ = self.rnn(x.unsqueeze(-1))
        return self.out(h[:, -1])

net = Net()
net
# %%
opt = torch.optim.SGD(net.parameters(), lr=LR, momentum=0.9)
sched = torch.optim.lr_scheduler.StepLR(opt, step_size=1, gamma=0.9)

def train_epoch(model, dl):
    model.train()
    tot = 0
    for x, y in dl:
        opt.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        opt.step()
        tot += loss.item() * len(y)
    return tot / len(dl.dataset)

@torch.no_grad()
def evaluate(model, dl):
    model.eval()
    ok = 0
    for x, y in dl:
        ok += (model(x).argmax(1) == y).sum().item()
    return ok / len(dl.dataset)
# %%
history = {"loss": [], "acc": []}
best = 0
for ep in range(EPOCHS):
    l = train_epoch(net, train_dl)
    a = evaluate(net, val_dl)
    sched.step()
    history["loss"].append(l)
    history["acc"].append(a)
    if a > best:
        best = a
        torch.save(net.state_dict(), "best.pth")
    print(ep, l, a)
# %%
pd.DataFrame(history).plot()
# %%
net.load_state_dict(torch.load("best.pth"))
acc = evaluate(net, val_dl)
print("best model accuracy:", acc)
# %%
all_preds, all_y = [], []
net.eval()
with torch.no_grad():
    for x, y in val_dl:
        all_preds.extend(net(x).argmax(1).tolist())
        all_y.extend(y.tolist())
from sklearn.metrics import classification_report, confusion_matrix
print(classification_report(all_y, all_preds))
cm = confusion_matrix(all_y, all_preds)
cm
