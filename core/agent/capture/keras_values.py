"""Keras, of any backend: what an object is configured to be, and every variable that it holds.

Pickling one writes an archive with the time in it, which says nothing of the value.
"""

from __future__ import annotations

from typing import Any, Optional

from .graph import Graph, Node, type_name


def layer(value: Any, graph: Graph) -> Optional[Node]:
    """Models and layers; of a model also how it was compiled, and where its optimizer stands."""
    parts = saveable_parts(value, graph)
    if parts is None:
        return None
    if getattr(value, "optimizer", None) is not None:
        compiled = getattr(value, "get_compile_config", dict)() or {}
        parts.append(["compiled", graph.ref({name: item for name, item in compiled.items() if name != "optimizer"})])
        parts.append(["optimizer", graph.ref(value.optimizer)])
    return {"k": "object", "t": type_name(type(value), graph.notebook_modules), "parts": parts}


def saveable(value: Any, graph: Graph) -> Optional[Node]:
    """Optimizers, losses, metrics, schedules."""
    parts = saveable_parts(value, graph)
    return parts and {"k": "object", "t": type_name(type(value), graph.notebook_modules), "parts": parts}


def saveable_parts(value: Any, graph: Graph) -> Optional[list]:
    if not hasattr(value, "get_config"):
        return None
    parts = [["config", graph.ref(with_plain_builds(value.get_config()))]]
    variables = getattr(value, "variables", None)
    if isinstance(variables, (list, tuple)):
        parts.append(["variables", graph.ref([variable.numpy() for variable in variables])])
    return parts


def with_plain_builds(config: Any) -> Any:
    """A configuration in which the shapes that layers were built with are lists.

    Keras notes a shape as a tuple and reads it as a list from its file: for nothing but to build the layer with it.
    """
    if isinstance(config, dict):
        return {key: plain(item) if key == "build_config" else with_plain_builds(item) for key, item in config.items()}
    return [with_plain_builds(item) for item in config] if type(config) is list else config


def plain(noted: Any) -> Any:
    if isinstance(noted, dict):
        return {key: plain(item) for key, item in noted.items()}
    return [plain(item) for item in noted] if isinstance(noted, (list, tuple)) else noted


def history(value: Any, graph: Graph) -> Node:
    """What `fit` gives back: the losses. The model that it names is the notebook's own variable."""
    return {
        "k": "object",
        "t": type_name(type(value), graph.notebook_modules),
        "parts": [["epochs", graph.ref(value.epoch)], ["history", graph.ref(value.history)], ["settings", graph.ref(value.params)]],
    }


TABLE = {
    ("keras", "Layer"): layer,
    ("keras", "History"): history,
    ("keras", "KerasSaveable"): saveable,
    ("keras", "BaseOptimizer"): saveable,
    ("keras", "OptimizerV2"): saveable,
}
