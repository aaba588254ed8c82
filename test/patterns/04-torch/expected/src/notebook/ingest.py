"""Data."""

from __future__ import annotations

from typing import NamedTuple

import torch

from .params import Params


class Ingest(NamedTuple):
    """What the stage hands on."""

    X: torch.Tensor
    y: torch.Tensor


def ingest(params: Params) -> Ingest:
    """From cell 1 of notebook.ipynb."""
    torch.manual_seed(params.seed)
    X = torch.randn(60, 3)
    y = (X @ torch.tensor([1.0, -2.0, 0.5])).unsqueeze(1)
    return Ingest(X, y)
