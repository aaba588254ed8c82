# %% [markdown]
# # Data
# %%
import torch
from torch import nn
torch.manual_seed(0)
X = torch.randn(60, 3)
y = (X @ torch.tensor([1.0, -2.0, 0.5])).unsqueeze(1)
# %% [markdown]
# # Model
# %%
class Net(nn.Module):
    def __init__(self, hidden=8):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, hidden), nn.ReLU(), nn.Linear(hidden, 1))

    def forward(self, x):
        return self.layers(x)

model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.5)
loss_fn = nn.MSELoss()
# %% [markdown]
# # Train
# %%
history = []
for epoch in range(10):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    scheduler.step()
    history.append(loss.item())
# %%
first_rate = scheduler.get_last_lr()[0]
# %% [markdown]
# # Train on harder data
# %%
hard = X[history[-1] < (model(X) - y).abs().squeeze(1)].detach()
wanted = (hard @ torch.tensor([1.0, -2.0, 0.5])).unsqueeze(1)
# %%
for epoch in range(10):
    optimizer.zero_grad()
    loss = loss_fn(model(hard), wanted)
    loss.backward()
    optimizer.step()
    scheduler.step()
    history.append(loss.item())
# %% [markdown]
# # Evaluate
# %%
model.eval()
with torch.no_grad():
    mse = loss_fn(model(X), y).item()
# %%
steps = [int(state["step"]) for state in optimizer.state_dict()["state"].values()]
print(round(mse, 5), len(history), steps, first_rate, scheduler.get_last_lr())
