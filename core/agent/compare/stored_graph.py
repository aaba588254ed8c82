"""Reads back what `capture.graph` wrote."""

from __future__ import annotations

import json
import os
from typing import Any, Iterator, Optional

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
        """The bytes of a blob; None where only its digests were kept."""
        if "at" not in blob:
            return None
        with open(os.path.join(self.folder, "blobs.bin"), "rb") as file:
            file.seek(blob["at"])
            return file.read(blob["size"])

    def numbers(self, blob: Node, stored: str) -> Any:
        """The numbers of a blob as a numpy array that is read from disk as it is used; None where there are only digests."""
        import numpy

        if "at" not in blob:
            return None
        dtype = numpy.dtype(stored)
        if blob["size"] == 0:
            return numpy.empty(0, dtype)
        path = os.path.join(self.folder, "blobs.bin")
        return numpy.memmap(path, dtype, "r", offset=blob["at"], shape=(blob["size"] // dtype.itemsize,))

    def digests(self, blob: Node, stored: str) -> list:
        """Of each block of a blob, whether it was kept or not; `stored` is the dtype of numbers in it, empty for bytes."""
        if "digests" in blob:
            return blob["digests"]
        from reprise_capture.blocks import digest, of_array, of_bytes

        numbers = self.numbers(blob, stored or "<u1")
        blocks = of_array(numbers, numbers.dtype) if stored else of_bytes(numbers)
        return [digest(block, stored) for block in blocks]

    def run(self, node: Node) -> Iterator[list]:
        """The values of a run of plain ones, some at a time."""
        if "chunks" not in node:
            yield node["v"]
            return
        for chunk in node["chunks"]:
            data = self.octets(chunk)
            yield json.loads(data) if data is not None else []


def length(node: Node) -> int:
    """How many items a sequence has."""
    return len(node["items"]) if "items" in node else node.get("n", len(node.get("v", ())))


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
