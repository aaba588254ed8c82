"""numpy arrays, scalars and files of them; scipy's sparse matrices and trees."""

from __future__ import annotations

import sys
from typing import Any

from .blocks import of_array
from .builtin_values import pack
from .graph import Graph, Node, type_name


def array(value: Any, graph: Graph) -> Node:
    numpy = sys.modules["numpy"]
    kind = type(value)
    name = type_name(kind, graph.notebook_modules)
    if isinstance(value, numpy.ma.MaskedArray):
        mask = numpy.ma.getmaskarray(value)
        data = numpy.ma.getdata(value).copy()
        if not data.dtype.hasobject:
            data[mask] = numpy.zeros((), data.dtype)
        # A numpy scalar among objects becomes a plain one when it is written to a file and read again.
        fill = value.fill_value.item() if data.dtype.hasobject and hasattr(value.fill_value, "item") else value.fill_value
        return {
            "k": "object",
            "t": name,
            "parts": [["data", graph.ref(data)], ["mask", graph.ref(mask)], ["fill_value", graph.ref(fill)]],
        }
    plain = numpy.asarray(value)
    node: Node = {"k": "array", "t": name, "dtype": dtype_text(plain.dtype), "shape": list(plain.shape)}
    if plain.dtype.names:
        node["fields"] = [[field, graph.ref(numpy.ascontiguousarray(plain[field]))] for field in plain.dtype.names]
    elif plain.dtype.hasobject:
        node["items"] = graph.ref(plain.ravel().tolist())
    elif plain.dtype.kind in "SUV" or plain.dtype.kind == "T":
        node.update(pack([str(item) for item in plain.ravel().tolist()], graph) or {})
    else:
        node["blob"] = numbers(plain, graph)
        node["stored"] = stored_as(plain.dtype)
    return node


def numbers(plain: Any, graph: Graph) -> Node:
    """The elements in row order, little-endian; dates and times as the integers that they are."""
    numpy = sys.modules["numpy"]
    stored = numpy.dtype(stored_as(plain.dtype))
    plain = plain.view(plain.dtype.str[0] + "i8") if plain.dtype.kind in "mM" else plain
    return graph.blocks(of_array(plain, stored), plain.size * stored.itemsize, stored.str)


def stored_as(dtype: Any) -> str:
    return "<i8" if dtype.kind in "mM" else dtype.newbyteorder("<").str


def dtype_text(dtype: Any) -> str:
    return str(dtype.descr) if dtype.names else dtype.str.lstrip("<=|") if dtype.isnative else dtype.str


def scalar(value: Any, graph: Graph) -> Node:
    return {**array(sys.modules["numpy"].asarray(value), graph), "t": type_name(type(value), ())}


def data_type(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": "numpy.dtype", "v": dtype_text(value)}


def universal_function(value: Any, graph: Graph) -> Node:
    return {"k": "atom", "t": "numpy.ufunc", "v": value.__name__}


def random_state(value: Any, graph: Graph) -> Node:
    """Where the stream stands. How it came to be seeded shows in no number that it will give: what pickle adds is left out."""
    name = "numpy.random.RandomState"
    if value is sys.modules["numpy"].random.mtrand._rand:
        return {"k": "atom", "t": name, "v": "the global stream"}
    return {"k": "object", "t": name, "parts": [["state", graph.ref(value.get_state(legacy=False))]]}


def sparse(value: Any, graph: Graph) -> Node:
    """Any of scipy's formats: as what it is, with its elements sorted by row and column."""
    numpy = sys.modules["numpy"]
    listed = value.tocoo()
    order = numpy.lexsort(tuple(reversed([numpy.asarray(axis) for axis in coordinates(listed)])))
    parts = [["shape", graph.ref(tuple(int(size) for size in value.shape))], ["format", graph.ref(value.format)]]
    for at, axis in enumerate(coordinates(listed)):
        parts.append([f"axis {at}", graph.ref(numpy.asarray(axis)[order].astype("i8"))])
    parts.append(["data", graph.ref(listed.data[order])])
    return {"k": "object", "t": type_name(type(value), graph.notebook_modules), "parts": parts}


def coordinates(listed: Any) -> tuple:
    return listed.coords if hasattr(listed, "coords") else (listed.row, listed.col)


def file_of_arrays(value: Any, graph: Graph) -> Node:
    """What `numpy.load` gives for an npz file: its arrays are read when they are asked for."""
    node: Node = {"k": "object", "t": type_name(type(value), ()), "parts": [["closed", graph.ref(value.zip is None)]]}
    if value.zip is not None:
        node["parts"] += [[f"[{name!r}]", graph.ref(value[name])] for name in value.files]
    return node


def tree(value: Any, graph: Graph) -> Node:
    """A tree for neighbours, by what it was built from: what pickle writes has gaps with whatever was in memory before."""
    parts = [[name, graph.ref(getattr(value, name))] for name in ("data", "leafsize", "boxsize", "indices")]
    return {"k": "object", "t": type_name(type(value), graph.notebook_modules), "parts": parts}


TABLE = {
    ("numpy", "ndarray"): array,
    ("numpy", "generic"): scalar,
    ("numpy", "dtype"): data_type,
    ("numpy", "ufunc"): universal_function,
    ("numpy", "RandomState"): random_state,
    ("numpy", "NpzFile"): file_of_arrays,
    ("scipy", "cKDTree"): tree,
    ("scipy", "_spbase"): sparse,
    ("scipy", "spmatrix"): sparse,
}
