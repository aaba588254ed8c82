"""Reads back what `capture.graph` wrote."""

from __future__ import annotations

import json
import os
from typing import Any, Optional

Node = dict


class StoredGraph:
    """The values of one stage, under their names."""

    def __init__(self, folder: str):
        self.folder = folder
        with open(os.path.join(folder, "graph.json"), encoding="utf-8", errors="surrogatepass") as file:
            stored = json.load(file)
        self.roots: dict = stored["roots"]
        self.nodes: list = stored["nodes"]
        self.extra: dict = {name: value for name, value in stored.items() if name not in ("roots", "nodes")}
        self._blobs: Any = None

    def node(self, ref: Any) -> Node:
        """A node by its number; what is no number is a node already."""
        return self.nodes[ref] if isinstance(ref, int) else ref

    def octets(self, blob: Node) -> Optional[bytes]:
        """The bytes of a blob; None where only its digest was kept."""
        if "at" not in blob:
            return None
        with open(os.path.join(self.folder, "blobs.bin"), "rb") as file:
            file.seek(blob["at"])
            return file.read(blob["size"])

    def numbers(self, blob: Node, stored: str) -> Any:
        """The numbers of a blob as a numpy array that is read from disk as it is used; None where there is only a digest."""
        import numpy

        if "at" not in blob:
            return None
        dtype = numpy.dtype(stored)
        if blob["size"] == 0:
            return numpy.empty(0, dtype)
        path = os.path.join(self.folder, "blobs.bin")
        return numpy.memmap(path, dtype, "r", offset=blob["at"], shape=(blob["size"] // dtype.itemsize,))


def items(node: Node) -> list:
    """The items of a sequence, as numbers of nodes, or as nodes where they were kept together."""
    if "items" in node:
        return node["items"]
    kind = node["e"]
    return [{"k": "atom", "t": kind, "v": value} for value in node["v"]]


def children(node: Node) -> list:
    """The numbers of every node that a node refers to."""
    found = [*node.get("items", ()), *node.get("keys", ()), *node.get("values", ()), *node.get("data", ()), *node.get("captured", ())] \
        if node["k"] != "array" else []
    found += [part[1] for part in (*node.get("parts", ()), *node.get("fields", ())) if isinstance(part, list)]
    for name in ("attributes", "factory", "columns", "index", "attrs", "defaults", "keyword_defaults"):
        if isinstance(node.get(name), int):
            found.append(node[name])
    if node["k"] == "array" and isinstance(node.get("items"), int):
        found.append(node["items"])
    return [ref for ref in found if isinstance(ref, int)]
