# %% [markdown]
# # Load
# %%
import dataclasses
from collections import defaultdict
from typing import Callable

import numpy as np
import pandas as pd
import torch
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from torch.utils.data import DataLoader

rides = pd.DataFrame({"km": [1.0, 3.0, 8.0, 2.0, 5.0, 4.0], "zone": list("abacbb"), "fare": [4.0, 8.0, 19.0, 6.0, 12.0, 10.0]})
OFFSET = 1.0
# %%
def shorten(text, most=1):
    return text[:most]
# %% [markdown]
# # Features
# %%
by_zone = defaultdict(lambda: [])
for zone, km in zip(rides["zone"], rides["km"]):
    by_zone[zone].append(km)
steps = {
    "log": lambda values: np.log1p(values),
    "zone": lambda text: shorten(text).upper(),
}
# %%
class Scaler:
    def __init__(self, factor):
        self.factor = factor
        self.clip = lambda values: np.clip(values, 0, 10)

    def __call__(self, values):
        return self.clip(values) * self.factor


@dataclasses.dataclass
class Rule:
    name: str
    holds: Callable = lambda value: value > 2


scaler = Scaler(2.0)
rule = Rule("far")
# %% [markdown]
# # Train
# %%
model = make_pipeline(FunctionTransformer(lambda X: X / 10), LinearRegression())
model.fit(rides[["km"]], rides["fare"])
# %%
rides["scaled"] = scaler(rides["km"].to_numpy())
rows = list(zip(rides["km"].tolist(), rides["fare"].tolist()))
loader = DataLoader(rows, batch_size=2, collate_fn=lambda batch: torch.tensor(batch))
net = torch.nn.Linear(1, 1, bias=False)
with torch.no_grad():
    net.weight.fill_(2.0)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 0.5**epoch)
# %% [markdown]
# # Evaluate
# %%
score = model.score(rides[["km"]], rides["fare"])
print(round(score, 6), by_zone["z"], len(by_zone))
# %%
print(steps["log"](rides["km"].max()), steps["zone"]("west"), rule.holds(3), scaler.clip(12.0))
for batch in loader:
    optimizer.zero_grad()
    loss = ((net(batch[:, :1]) - batch[:, 1:]) ** 2).mean()
    loss.backward()
    optimizer.step()
    scheduler.step()
print(scheduler.get_last_lr(), round(float(loss.detach()), 3))
