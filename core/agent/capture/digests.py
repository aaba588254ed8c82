"""Inside the notebook's kernel: what every global is after a cell, as a digest, so that two runs can be held against
one another without keeping their values."""

from __future__ import annotations

import hashlib
import json
import time
from collections import deque
from typing import Any, Optional

from .blocks import Digested
from .describe import describe
from .graph import Graph, Node, type_name
from .installs import refuse_installs

DIGESTS_MIME = "application/x-reprise-digests"
MOST_NODES = 200_000
# Looking at the globals may not take longer than this after one cell.
MOST_SECONDS = 10.0

NOTEBOOK = ("__main__",)


class DigestGraph(Graph):
    """A value described as in `Graph`, in memory only: of bytes it keeps their digest."""

    def __init__(self) -> None:
        self.notebook_modules = NOTEBOOK
        self._describe = describe
        self._nodes: list = []
        self._known: dict = {}
        self._alive: list = []
        self._waiting: deque = deque()
        self._roots: dict = {}
        self._blobs = Digested()

    def ref(self, value: Any) -> int:
        if len(self._nodes) >= MOST_NODES and id(value) not in self._known:
            return self._overflow()
        return super().ref(value)

    def identities(self) -> frozenset:
        """Of every object that was described. They mean something as long as the values live."""
        return frozenset(key for key in self._known if isinstance(key, int))

    def digest(self, value: Any) -> dict:
        """`hash` of all that can be compared; `opaque` where some of it cannot."""
        self.root("", value)
        text = json.dumps(self._nodes, separators=(",", ":"), default=str)
        isOpaque = any(node is None or node.get("k") == "opaque" for node in self._nodes)
        return {"hash": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32], "opaque": isOpaque}


class Digests:
    """Lives as long as the kernel."""

    def __init__(self, shell: Any):
        self._shell = shell
        refuse_installs(shell)

    def publish(self) -> None:
        """Sends `{name: {hash, opaque, type}}` of every global of the notebook as a display of its own kind."""
        end = time.monotonic() + MOST_SECONDS
        hidden = self._shell.user_ns_hidden
        found = {}
        for name, value in list(self._shell.user_ns.items()):
            if not isinstance(name, str) or name.startswith("_") or name in hidden and hidden[name] is value:
                continue
            found[name] = digest_of(value, end)
        self._shell.display_pub.publish({DIGESTS_MIME: found})


def digest_of(value: Any, end: float) -> dict:
    kind = type_name(type(value), NOTEBOOK)
    if time.monotonic() > end:
        return {"hash": "", "opaque": True, "type": kind}
    try:
        return {**DigestGraph().digest(value), "type": kind}
    except Exception:  # a value whose own methods fail must not end the run
        return {"hash": "", "opaque": True, "type": kind}


digests: Optional[Digests] = None


def start(shell: Any) -> None:
    global digests
    digests = Digests(shell)
