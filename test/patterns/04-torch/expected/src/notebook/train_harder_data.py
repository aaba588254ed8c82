"""Train on harder data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import nn

from .definitions import Net

if TYPE_CHECKING:
    from torch.optim import Adam
    from torch.optim.lr_scheduler import StepLR


class TrainHarderData(NamedTuple):
    """What the stage hands on."""

    model: Net
    loss_fn: nn.MSELoss
    optimizer: Adam
    scheduler: StepLR
    history: list[float]


def train_harder_data(
    history: list[float],
    model: Net,
    X: torch.Tensor,
    y: torch.Tensor,
    optimizer: Adam,
    loss_fn: nn.MSELoss,
    scheduler: StepLR,
) -> TrainHarderData:
    """From cells 8 and 9 of notebook.ipynb."""
    hard = X[history[-1] < (model(X) - y).abs().squeeze(1)].detach()
    wanted = (hard @ torch.tensor([1.0, -2.0, 0.5])).unsqueeze(1)

    for epoch in range(10):
        optimizer.zero_grad()
        loss = loss_fn(model(hard), wanted)
        loss.backward()
        optimizer.step()
        scheduler.step()
        history.append(loss.item())
    return TrainHarderData(model, loss_fn, optimizer, scheduler, history)
