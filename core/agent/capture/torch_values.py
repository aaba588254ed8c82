"""torch tensors, generators and optimizers. Modules are ordinary objects: their parameters and buffers are in their state."""

from __future__ import annotations

import sys
from typing import Any

from .graph import Graph, Node, opaque, type_name


def tensor(value: Any, graph: Graph) -> Node:
    """Elements with dtype, device and layout. A gradient is not part of it: it does not survive a file either."""
    torch = sys.modules["torch"]
    kind = type_name(type(value), graph.notebook_modules)
    facts = [
        ["dtype", graph.ref(str(value.dtype))],
        ["device", graph.ref(str(value.device))],
        ["layout", graph.ref(str(value.layout))],
        ["requires_grad", graph.ref(bool(value.requires_grad))],
    ]
    plain = value.detach()
    if plain.device.type == "meta":
        return opaque(value, "a tensor on the meta device has no elements")
    if plain.is_quantized:
        plain = plain.dequantize()
    if plain.layout is not torch.strided:
        plain = plain.to_dense()
    plain = plain.cpu().resolve_conj().resolve_neg()
    if plain.dtype is torch.bfloat16 or str(plain.dtype).startswith("torch.float8"):
        plain = plain.float()  # exact: every such number is a float32 too
    return {"k": "object", "t": kind, "parts": [*facts, ["elements", graph.ref(plain.numpy())]]}


def by_state(value: Any, graph: Graph) -> Node:
    """Optimizers and schedulers: what they would restore from, not the hooks and wrappers around it."""
    return {
        "k": "object",
        "t": type_name(type(value), graph.notebook_modules),
        "parts": [["state", graph.ref(value.state_dict())]],
    }


def generator(value: Any, graph: Graph) -> Node:
    return {
        "k": "object",
        "t": type_name(type(value), ()),
        "parts": [["device", graph.ref(str(value.device))], ["state", graph.ref(value.get_state())]],
    }


def named(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": type_name(type(value), ()), "v": str(value)}


TABLE = {
    ("torch", "TensorBase"): tensor,
    ("torch", "_TensorBase"): tensor,
    ("torch", "Tensor"): tensor,
    ("torch", "Optimizer"): by_state,
    ("torch", "LRScheduler"): by_state,
    ("torch", "_LRScheduler"): by_state,
    ("torch", "Generator"): generator,
    **{("torch", name): named for name in ("dtype", "device", "layout", "Size", "memory_format") if name != "Size"},
}
