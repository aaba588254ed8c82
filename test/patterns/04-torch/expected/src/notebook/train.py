"""Train."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import nn

from .definitions import Net
from .params import Params

if TYPE_CHECKING:
    from torch.optim import Adam
    from torch.optim.lr_scheduler import StepLR


class Train(NamedTuple):
    """What the stage hands on."""

    first_rate: float
    history: list[float]
    model: Net
    optimizer: Adam
    loss_fn: nn.MSELoss
    scheduler: StepLR


def train(X: torch.Tensor, y: torch.Tensor, params: Params) -> Train:
    """From cells 3, 5 and 6 of notebook.ipynb."""
    # Model
    model = Net()
    optimizer = torch.optim.Adam(model.parameters(), lr=params.lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=params.step_size, gamma=params.gamma)
    loss_fn = nn.MSELoss()

    history = []
    for epoch in range(10):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
        scheduler.step()
        history.append(loss.item())

    first_rate = scheduler.get_last_lr()[0]
    return Train(first_rate, history, model, optimizer, loss_fn, scheduler)
