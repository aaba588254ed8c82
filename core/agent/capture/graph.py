"""The description of values as a flat graph of nodes: JSON for the shape, one binary file for the numbers.

A node refers to others by number, so objects that are shared, or that contain themselves, stay so. Nothing recurses: what
a node refers to waits in a queue, and a value nested 100,000 deep is described like any other.
"""

from __future__ import annotations

import json
import os
from collections import deque
from typing import Any, BinaryIO, Callable, Iterator, Optional

from .blocks import Blocks, of_bytes
from .patience import Patience, TooSlowError

Node = dict

# A graph larger than this says so of what did not fit, instead of filling the disk.
MOST_NODES = 2_000_000


class Graph:
    """Values under names, written to `folder` as `graph.json` and `blobs.bin`."""

    def __init__(self, folder: str, describe: Callable[[Any, "Graph"], Node], notebook_modules: tuple = ("__main__",)):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        # Modules whose classes and functions are the notebook's own, wherever they now live.
        self.notebook_modules = notebook_modules
        self._describe = describe
        self._nodes: list = []
        self._known: dict = {}
        # Keeps what was described alive, so that an id is never given to a second object.
        self._alive: list = []
        self._waiting: deque = deque()
        self._file: BinaryIO = open(os.path.join(folder, "blobs.bin"), "wb")
        self._blobs: Any = Blocks(self._file, folder)
        self._roots: dict = {}

    def root(self, name: str, value: Any) -> None:
        """Describes a value, and all that it holds, under a name."""
        self._roots[name] = self.ref(value)
        self._work()

    def forget(self) -> None:
        """From now on a value that was described already is described again: it may have changed."""
        self._known.clear()
        self._alive.clear()

    def root_node(self, name: str, node: Node) -> None:
        """Keeps a node that was made already, as it is now, under a name."""
        self._roots[name] = self.node(node)
        self._work()

    def ref(self, value: Any) -> int:
        """The number of a value's node; it is described later where it is new."""
        number = self._known.get(id(value))
        if number is None:
            number = len(self._nodes)
            if number >= MOST_NODES:
                return self._overflow()
            self._known[id(value)] = number
            self._alive.append(value)
            self._nodes.append(None)
            self._waiting.append((number, value))
        return number

    def node(self, node: Node) -> int:
        """The number of a node that stands for no single object."""
        self._nodes.append(node)
        return len(self._nodes) - 1

    def blob(self, data: Any) -> Node:
        """Keeps bytes (anything with a buffer): where they stand, or digests of them where they are too many."""
        return self.blocks(of_bytes(data), memoryview(data).nbytes, "")

    def blocks(self, blocks: Iterator, size: int, dtype: str) -> Node:
        """As `blob`, for numbers that come in blocks."""
        return self._blobs.keep(blocks, size, dtype)

    def save(self, extra: Optional[dict] = None) -> None:
        """Writes the graph; after this nothing can be added."""
        self._file.close()
        path = os.path.join(self.folder, "graph.json")
        with open(path + ".part", "w", encoding="utf-8", errors="surrogatepass") as file:
            head = json.dumps({**(extra or {}), "roots": self._roots}, separators=(",", ":"))
            file.write(head[:-1] + ',"nodes":[')
            # A node at a time: the text of all of them may be larger than the values.
            for at, node in enumerate(self._nodes):
                file.write(("," if at else "") + "\n" + json.dumps(node, separators=(",", ":")))
            file.write("]}\n")
        os.replace(path + ".part", path)

    def _work(self) -> None:
        with Patience() as patience:
            while self._waiting:
                number, value = self._waiting.popleft()
                patience.begin()
                try:
                    self._nodes[number] = self._describe(value, self)
                except TooSlowError as error:
                    self._nodes[number] = opaque(value, str(error))
                except Exception as error:  # a value whose own methods fail must not end the run that it is part of
                    self._nodes[number] = opaque(value, f"{type(error).__name__} while it was described: {error}"[:300])

    def _overflow(self) -> int:
        if "\0overflow" not in self._known:
            self._nodes.append({"k": "opaque", "t": "", "why": f"the stage holds more than {MOST_NODES} objects"})
            self._known["\0overflow"] = len(self._nodes) - 1
        return self._known["\0overflow"]


def opaque(value: Any, why: str) -> Node:
    """The node of a value that cannot be compared, and the reason."""
    return {"k": "opaque", "t": type_name(type(value), ()), "why": why}


def type_name(kind: type, notebook_modules: tuple) -> str:
    """The qualified name of a class; `notebook.X` for one that the notebook defines, wherever it now lives."""
    module = getattr(kind, "__module__", "") or ""
    name = getattr(kind, "__qualname__", kind.__name__)
    if module == "builtins":
        return name
    if any(module == own or module.startswith(own + ".") for own in notebook_modules):
        # A class that stays in a stage stands inside the stage's function, which has the name of its module.
        stage = module.rpartition(".")[2]
        outer, _, inner = name.partition(".<locals>.")
        return f"notebook.{inner if inner and outer in (stage, stage + '_stage') else name}"
    return f"{module}.{name}"
