"""polars tables and series: per column, with what is missing, so that floats are held to the tolerance."""

from __future__ import annotations

from typing import Any

from .graph import Graph, Node


def frame(value: Any, graph: Graph) -> Node:
    return {
        "k": "frame",
        "t": "polars.DataFrame",
        "shape": list(value.shape),
        "columns": graph.ref(list(value.columns)),
        "labels": list(value.columns),
        "index": graph.ref(None),
        "data": [graph.ref(column) for column in value.get_columns()],
        "attrs": graph.ref({}),
    }


def series(value: Any, graph: Graph) -> Node:
    parts = [["name", graph.ref(value.name)], ["dtype", graph.ref(str(value.dtype))]]
    if value.dtype.is_numeric() and not value.dtype.is_decimal():
        missing = value.is_null()
        if missing.any():
            parts.append(["missing", graph.ref(missing.to_numpy())])
        parts.append(["values", graph.ref(value.fill_null(0).to_numpy())])
    else:
        parts.append(["values", graph.ref(value.to_list())])
    return {"k": "object", "t": "polars.Series", "parts": parts}


def lazy(value: Any, graph: Graph) -> Node:
    """What is not computed yet: by its plan, which holds the tables that it begins with."""
    return {"k": "object", "t": "polars.LazyFrame", "parts": [["plan", graph.ref(value.serialize())]]}


def expression(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": "polars.Expr", "v": value.meta.serialize(format="json")}


def data_type(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": "polars.DataType", "v": str(value)}


TABLE = {
    ("polars", "DataFrame"): frame,
    ("polars", "Series"): series,
    ("polars", "LazyFrame"): lazy,
    ("polars", "Expr"): expression,
    ("polars", "DataType"): data_type,
}
