"""Which description a value gets: by the first class of its method resolution order that the table names."""

from __future__ import annotations

from typing import Any

from . import boosting_values, builtin_values, database_values, figure_values, handle_values, keras_values, numpy_values, object_values, pandas_values, polars_values, torch_values
from .graph import Graph, Node

# By the package and the name of a class, so that nothing needs to be imported to be recognised.
TABLE = {
    **builtin_values.TABLE,
    **handle_values.TABLE,
    **database_values.TABLE,
    **numpy_values.TABLE,
    **pandas_values.TABLE,
    **polars_values.TABLE,
    **boosting_values.TABLE,
    **torch_values.TABLE,
    **keras_values.TABLE,
    **figure_values.TABLE,
}


def describe(value: Any, graph: Graph) -> Node:
    """The node of a value. What the table does not name is described by how it would be pickled."""
    for kind in type(value).__mro__:
        describer = TABLE.get(((getattr(kind, "__module__", "") or "").partition(".")[0], kind.__name__))
        if describer is not None:
            node = describer(value, graph)
            if node is not None:
                return node
    return object_values.describe(value, graph)
