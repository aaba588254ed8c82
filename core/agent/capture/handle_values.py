"""Open and closed files: what they are open on, and where they stand. What has been written is compared as the file itself.

Nothing here may write: a text that still waits in a buffer of the notebook's has to stay there.
"""

from __future__ import annotations

import io
from typing import Any, Optional

from .graph import Graph, Node, type_name

# What says how a file was opened, by the attributes that have it.
OPENED = ("mode", "encoding", "errors", "line_buffering", "filename", "compression")


def file(value: Any, graph: Graph) -> Optional[Node]:
    """Files of `open`, plain or packed. None for one that has no name: it lives in this process only."""
    path = path_of(value)
    if path is None:
        return None
    parts = [["path", graph.ref(path)], ["closed", graph.ref(bool(value.closed))]]
    parts += [["." + name, graph.ref(str(getattr(value, name)))] for name in OPENED if hasattr(value, name)]
    node: Node = {"k": "object", "t": type_name(type(value), graph.notebook_modules), "parts": parts}
    position = None if value.closed else position_of(value)
    parts.append(["position", graph.ref(position)])
    if position is None and not value.closed:
        node["partly"] = "what it holds back before it writes cannot be seen"
    return node


def path_of(value: Any) -> Optional[str]:
    """The path that a file was opened by; a number or nothing for what is no file of a folder."""
    name = getattr(value, "name", None)
    if isinstance(name, bytes):
        return name.decode("utf-8", "surrogateescape")
    return name if isinstance(name, str) else None


def position_of(value: Any) -> Optional[int]:
    """None where asking would write: text waits in the file itself."""
    if isinstance(value, io.TextIOWrapper):
        if value.writable():
            return None
        try:
            return value.tell()
        except OSError:  # in the middle of its lines: how far it has read ahead is the same for the same text
            return value.buffer.tell()
    return value.tell()


def archive(value: Any, graph: Graph) -> Node:
    """A zip file: its members are compared with the file."""
    parts = [["path", graph.ref(value.filename)], ["mode", graph.ref(value.mode)], ["closed", graph.ref(value.fp is None)], ["members", graph.ref(value.namelist())]]
    return {"k": "object", "t": type_name(type(value), graph.notebook_modules), "parts": parts}


def rows(value: Any, graph: Graph) -> Node:
    """Readers and writers of CSV: their dialect, and how far a reader is."""
    dialect = {name: getattr(value.dialect, name) for name in dir(value.dialect) if not name.startswith("_")}
    parts = [["dialect", graph.ref(dialect)]]
    if hasattr(value, "line_num"):
        parts.append(["line", graph.ref(value.line_num)])
    return {"k": "object", "t": type_name(type(value), ()), "parts": parts}


TABLE = {
    **{("_io", name): file for name in ("TextIOWrapper", "BufferedReader", "BufferedWriter", "BufferedRandom", "FileIO")},
    ("gzip", "GzipFile"): file,
    ("zipfile", "ZipFile"): archive,
    ("_csv", "reader"): rows,
    ("_csv", "writer"): rows,
}
