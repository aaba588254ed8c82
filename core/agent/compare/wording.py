"""How a place in a value, and a value itself, are named to people."""

from __future__ import annotations

import json
from typing import Any, Optional

from .stored_graph import StoredGraph, length

LONGEST = 80
DEEPEST = 40

# A path is a chain of steps, (parent, step), so that a deep one costs no more than a shallow one.
Path = Optional[tuple]


def render(path: Path) -> str:
    """`.steps[0][1].coef_`, `column "fare"`, `index`: empty for the value itself."""
    steps: list = []
    while path is not None:
        path, step = path
        if step:
            steps.append(step)
    steps.reverse()
    if len(steps) > 2 * DEEPEST:
        steps = [*steps[:DEEPEST], f" … {len(steps) - 2 * DEEPEST} levels … ", *steps[-DEEPEST:]]
    text = ""
    for step in steps:
        text += step if step[0] in ".[ " or not text else ", " + step
    return text


def brief(graph: StoredGraph, ref: Any) -> str:
    """A value in a few words."""
    node = graph.node(ref)
    kind, name = node["k"], short_type(node["t"])
    if kind == "atom":
        return shorten(repr(node["v"])) if node["t"] in ("str", "float", "bool") else shorten(str(node["v"]))
    if kind == "array":
        if node.get("shape") == [] and "blob" in node:
            return shorten(str(scalar_of(graph, node)))
        return f"{name} of {node['dtype']} {size(node['shape'])}"
    if kind == "frame":
        return f"{name} {size(node['shape'])}"
    if kind in ("seq", "set"):
        return f"{name} of {length(node)}"
    if kind == "map":
        return f"{name} of {len(node['keys'])}"
    if kind == "object" and len(node["parts"]) == 1 and name.endswith(("Path", "Decimal")):
        return name
    return f"a {name}"


def scalar_of(graph: StoredGraph, node: dict) -> Any:
    numbers = graph.numbers(node["blob"], node["stored"])
    return "?" if numbers is None else numbers[0]


def size(shape: list) -> str:
    return " × ".join(str(side) for side in shape) or "(scalar)"


def short_type(name: str) -> str:
    """`pandas.DataFrame` and `pandas.core.frame.DataFrame` are both `DataFrame` to people."""
    return name.rpartition(".")[2] or "value"


def shorten(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def key_step(graph: StoredGraph, ref: Any) -> str:
    """The step to the value of a key."""
    return f"[{brief(graph, ref)}]"


def label(graph: StoredGraph, ref: Any) -> Optional[str]:
    """What tells a key of a mapping from the others; None for one that only its position tells."""
    node = graph.node(ref)
    if node["k"] == "atom":
        return f"{node['t']}:{json.dumps(node['v'])}"
    if node["k"] == "array" and node.get("shape") == [] and "blob" in node:
        return f"{node['t']}:{scalar_of(graph, node)}"
    if node["k"] == "seq" and "v" in node:
        return f"{node['t']}:{node['e']}:{json.dumps(node['v'])}"
    return None
