"""xgboost's matrices, which live outside of Python: by what they give back. Its boosters and lightgbm's are pickled whole."""

from __future__ import annotations

from typing import Any

from .graph import Graph, Node


def matrix(value: Any, graph: Graph) -> Node:
    parts = [
        ["data", graph.ref(value.get_data())],
        ["label", graph.ref(value.get_label())],
        ["weight", graph.ref(value.get_weight())],
        ["margin", graph.ref(value.get_base_margin())],
        ["feature names", graph.ref(value.feature_names)],
        ["feature types", graph.ref(value.feature_types)],
    ]
    return {"k": "object", "t": f"xgboost.{type(value).__name__}", "parts": parts}


TABLE = {("xgboost", "DMatrix"): matrix}
