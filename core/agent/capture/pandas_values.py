"""pandas tables, series, indexes, and the arrays in them."""

from __future__ import annotations

import sys
from typing import Any

from .graph import Graph, Node, type_name


def frame(value: Any, graph: Graph) -> Node:
    columns = [graph.ref(column_values(value.iloc[:, at])) for at in range(value.shape[1])]
    return {
        "k": "frame",
        "t": type_name(type(value), graph.notebook_modules),
        "shape": list(value.shape),
        "columns": graph.ref(value.columns),
        "labels": [str(label) for label in value.columns],
        "index": graph.ref(value.index),
        "data": columns,
        "attrs": graph.ref(dict(value.attrs)),
    }


def series(value: Any, graph: Graph) -> Node:
    return {
        "k": "object",
        "t": type_name(type(value), graph.notebook_modules),
        "parts": [
            ["name", graph.ref(value.name)],
            ["index", graph.ref(value.index)],
            ["values", graph.ref(column_values(value))],
            ["attrs", graph.ref(dict(value.attrs))],
        ],
    }


def column_values(column: Any) -> Any:
    """numpy's array where the column is one, else pandas' own array."""
    values = column.array
    return values.to_numpy() if type(values).__name__ in ("NumpyExtensionArray", "PandasArray") else values


def index(value: Any, graph: Graph) -> Node:
    kind = type_name(type(value), graph.notebook_modules)
    name = type(value).__name__
    if name == "RangeIndex":
        parts = [["name", graph.ref(value.name)], ["range", graph.ref((value.start, value.stop, value.step))]]
    elif name == "MultiIndex":
        parts = [["names", graph.ref(list(value.names))]]
        parts += [[f"level {at}", graph.ref(column_values(value.get_level_values(at).to_series()))] for at in range(value.nlevels)]
    else:
        parts = [["name", graph.ref(value.name)], ["values", graph.ref(column_values(value))]]
        if hasattr(value, "freq"):
            parts.append(["freq", graph.ref(None if value.freq is None else str(value.freqstr))])
    return {"k": "object", "t": kind, "parts": parts}


def categorical(value: Any, graph: Graph) -> Node:
    parts = [
        ["categories", graph.ref(value.categories)],
        ["ordered", graph.ref(bool(value.ordered))],
        ["codes", graph.ref(value.codes)],
    ]
    return {"k": "object", "t": type_name(type(value), ()), "parts": parts}


def moments(value: Any, graph: Graph) -> Node:
    """Dates, times and periods: as integers, with their unit, zone and frequency in the dtype."""
    return {"k": "object", "t": type_name(type(value), ()), "parts": dtype_and(value, graph, ["elements", graph.ref(value.asi8)])}


def intervals(value: Any, graph: Graph) -> Node:
    parts = dtype_and(value, graph, ["left", graph.ref(value.left)], ["right", graph.ref(value.right)])
    return {"k": "object", "t": type_name(type(value), ()), "parts": parts}


def masked(value: Any, graph: Graph) -> Node:
    """Nullable integers, floats and truth values: what lies under the mask means nothing."""
    numpy = sys.modules["numpy"]
    mask = numpy.asarray(value.isna())
    data = value._data.copy()
    data[mask] = 0
    parts = dtype_and(value, graph, ["missing", graph.ref(mask)], ["elements", graph.ref(data)])
    return {"k": "object", "t": type_name(type(value), ()), "parts": parts}


def extension(value: Any, graph: Graph) -> Node:
    """Every other array (texts, Arrow): element by element, with one mark for what is missing."""
    missing = value.isna()
    elements = [None if gone else item for gone, item in zip(missing.tolist(), value.astype(object).tolist())]
    kept = [item for item in elements if item is not None]
    parts = dtype_and(value, graph, ["missing", graph.ref(sys.modules["numpy"].asarray(missing))], ["elements", graph.ref(kept)])
    return {"k": "object", "t": type_name(type(value), ()), "parts": parts}


def dtype_and(value: Any, graph: Graph, *parts: list) -> list:
    return [["dtype", graph.ref(str(value.dtype))], *parts]


def missing(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": "pandas." + type(value).__name__, "v": repr(value)}


def data_type(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": type_name(type(value), ()), "v": repr(value)}


def moment(value: Any, graph: Graph) -> Node:
    """A Timestamp, Timedelta or Period: its text has every digit, the zone and the frequency."""
    return {"k": "atom", "t": type_name(type(value), ()), "v": f"{value!r} in {value.unit}" if hasattr(value, "unit") else repr(value)}


TABLE = {
    **{("pandas", name): moment for name in ("Timestamp", "Timedelta", "Period")},
    ("pandas", "DataFrame"): frame,
    ("pandas", "Series"): series,
    ("pandas", "Index"): index,
    ("pandas", "Categorical"): categorical,
    ("pandas", "DatetimeLikeArrayMixin"): moments,
    ("pandas", "IntervalArray"): intervals,
    ("pandas", "BaseMaskedArray"): masked,
    ("pandas", "ExtensionArray"): extension,
    ("pandas", "ExtensionDtype"): data_type,
    ("pandas", "NAType"): missing,
    ("pandas", "NaTType"): missing,
}
