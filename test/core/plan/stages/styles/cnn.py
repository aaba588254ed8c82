# %% [markdown]
# # Fashion MNIST with PyTorch
# %%
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, random_split
from torchvision import datasets, transforms
device = "cuda" if torch.cuda.is_available() else "cpu"
device
# %%
BATCH_SIZE = 64
EPOCHS = 3
LR = 1e-3
# %% [markdown]
# ## Dataset
# %%
tfm = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
full = datasets.FashionMNIST("data", train=True, download=True, transform=tfm)
test_ds = datasets.FashionMNIST("data", train=False, download=True, transform=tfm)
train_ds, val_ds = random_split(full, [55000, 5000])
train_dl = DataLoader(train_ds, batch_size=BATCH_SIZE, shuffle=True)
val_dl = DataLoader(val_ds, batch_size=BATCH_SIZE)
test_dl = DataLoader(test_ds, batch_size=BATCH_SIZE)
# %%
images, labels = next(iter(train_dl))
images.shape
# %% [markdown]
# ## Network
# %%
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 16, 3)
        self.fc = nn.Linear(16 * 13 * 13, 10)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        return self.fc(x.flatten(1))
# %%
model = Net().to(device)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=LR)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.7)
# %% [markdown]
# ## Training
# %%
history = {"loss": [], "val": []}
for epoch in range(EPOCHS):
    model.train()
    total = 0
    for x, y in train_dl:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    scheduler.step()
    history["loss"].append(total / len(train_dl))
    model.eval()
    correct = 0
    with torch.no_grad():
        for x, y in val_dl:
            correct += (model(x.to(device)).argmax(1).cpu() == y).sum().item()
    history["val"].append(correct / len(val_ds))
    print(epoch, history["loss"][-1], history["val"][-1])
# %%
import matplotlib.pyplot as plt
plt.plot(history["loss"]); plt.plot(history["val"])
# %% [markdown]
# ## Test accuracy
# %%
correct = 0
with torch.no_grad():
    for x, y in test_dl:
        correct += (model(x.to(device)).argmax(1).cpu() == y).sum().item()
acc = correct / len(test_ds)
print(acc)
# %%
torch.save(model.state_dict(), "net.pt")
