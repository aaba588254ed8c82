"""Evaluate."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd
from torch.utils.data import DataLoader

from .definitions import Rule, Scaler

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline
    from torch.nn import Linear
    from torch.optim import SGD
    from torch.optim.lr_scheduler import LambdaLR


def evaluate(
    model: Pipeline,
    rides: pd.DataFrame,
    by_zone: defaultdict[Any, Any],
    steps: dict[Any, Any],
    rule: Rule,
    scaler: Scaler,
    loader: DataLoader,
    optimizer: SGD,
    net: Linear,
    scheduler: LambdaLR,
) -> dict[str, float]:
    """From cells 10 and 11 of notebook.ipynb."""
    score = model.score(rides[["km"]], rides["fare"])
    print(round(score, 6), by_zone["z"], len(by_zone))

    print(steps["log"](rides["km"].max()), steps["zone"]("west"), rule.holds(3), scaler.clip(12.0))
    for batch in loader:
        optimizer.zero_grad()
        loss = ((net(batch[:, :1]) - batch[:, 1:]) ** 2).mean()
        loss.backward()
        optimizer.step()
        scheduler.step()
    print(scheduler.get_last_lr(), round(float(loss.detach()), 3))
    return {"score": score}
