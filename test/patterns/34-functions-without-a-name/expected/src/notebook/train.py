"""Train."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
import torch
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from torch.utils.data import DataLoader

from .definitions import Scaler, loader_collate_fn, model_function, scheduler_function
from .params import Params

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline
    from torch.nn import Linear
    from torch.optim import SGD
    from torch.optim.lr_scheduler import LambdaLR


class Train(NamedTuple):
    """What the stage hands on."""

    model: Pipeline
    rides: pd.DataFrame
    loader: DataLoader
    optimizer: SGD
    net: Linear
    scheduler: LambdaLR


def train(rides: pd.DataFrame, scaler: Scaler, params: Params) -> Train:
    """From cells 7 and 8 of notebook.ipynb."""
    model = make_pipeline(FunctionTransformer(model_function), LinearRegression())
    model.fit(rides[["km"]], rides["fare"])

    rides["scaled"] = scaler(rides["km"].to_numpy())
    rows = list(zip(rides["km"].tolist(), rides["fare"].tolist()))
    loader = DataLoader(rows, batch_size=params.batch_size, collate_fn=loader_collate_fn)
    net = torch.nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        net.weight.fill_(2.0)
    optimizer = torch.optim.SGD(net.parameters(), lr=params.lr)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, scheduler_function)
    return Train(model, rides, loader, optimizer, net, scheduler)
