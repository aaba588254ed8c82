"""Evaluate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn

from .definitions import Net

if TYPE_CHECKING:
    from torch.optim import Adam
    from torch.optim.lr_scheduler import StepLR


def evaluate(
    model: Net,
    loss_fn: nn.MSELoss,
    X: torch.Tensor,
    y: torch.Tensor,
    optimizer: Adam,
    scheduler: StepLR,
    history: list[float],
    first_rate: float,
) -> None:
    """From cells 11 and 12 of notebook.ipynb."""
    model.eval()
    with torch.no_grad():
        mse = loss_fn(model(X), y).item()

    steps = [int(state["step"]) for state in optimizer.state_dict()["state"].values()]
    print(round(mse, 5), len(history), steps, first_rate, scheduler.get_last_lr())
