"""What each cell of the notebook really did: names whose values changed, names that share an object, files that were opened.

The analysis has said what it expects of all three; a proof that looks on can tell where it was wrong before anything differs.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from .digests import DigestGraph

OBSERVED_MIME = "application/x-reprise-observed"
# Looking may not take longer than this after one cell, nor altogether.
MOST_SECONDS_EACH = 5.0
MOST_SECONDS = 60.0
FIXED = (int, float, complex, str, bytes, bool, type(None), type, tuple, frozenset, range, slice)


class Observation:
    """Of the names that stages hand on or are given. It lives as long as the kernel."""

    def __init__(self, shell: Any, names: list):
        self._shell = shell
        self._names = names
        self._before: dict = {}
        self._opened: list = []
        self._left = MOST_SECONDS
        self._listens = False
        sys.addaudithook(self._heard)

    def begin(self) -> None:
        """A cell begins."""
        self._opened = []
        self._listens = True

    def publish(self) -> None:
        """The cell has ended: sends what it did as a display of its own kind."""
        self._listens = False
        looked = self._look()
        told = {"opened": self._opened, "changed": [], "shared": [], "complete": looked is not None}
        if looked is not None:
            hashes, reached = looked
            told["changed"] = [name for name, found in hashes.items() if self._before.get(name, "") not in ("", found) and found]
            told["shared"] = shared_names({name: self._shell.user_ns[name] for name in hashes}, reached)
            self._before = hashes
        self._shell.display_pub.publish({OBSERVED_MIME: told})

    def _look(self) -> Any:
        """The digest of each name, empty where it says little, and the identities of all that each holds."""
        began = time.monotonic()
        end = began + min(MOST_SECONDS_EACH, self._left)
        hashes, reached = {}, {}
        for name in self._names:
            if name not in self._shell.user_ns:
                continue
            if time.monotonic() > end:
                self._left = 0
                return None
            graph = DigestGraph()
            found = graph.digest(self._shell.user_ns[name])
            hashes[name] = "" if found["opaque"] else found["hash"]
            reached[name] = graph.identities()
        self._left -= time.monotonic() - began
        return hashes, reached

    def _heard(self, event: str, arguments: tuple) -> None:
        if event != "open" or not self._listens or not isinstance(arguments[0], str):
            return
        path, mode, flags = (*arguments, None, None)[:3]
        written = any(letter in mode for letter in "wax+") if isinstance(mode, str) else bool((flags or 0) & (os.O_WRONLY | os.O_RDWR))
        try:
            self._opened.append([os.path.abspath(path), "write" if written else "read"])
        except OSError:  # the working directory is gone: that is not for this hook to say
            pass


def shared_names(values: dict, reached: dict) -> list:
    """Pairs of names where the object of the first, which can change, is the second's or inside it."""
    memory = {name: memory_of(value) for name, value in values.items()}
    pairs = []
    for name, value in values.items():
        if isinstance(value, FIXED) or callable(value) and not hasattr(value, "__dict__"):
            continue
        for other in values:
            if other != name and (id(value) in reached[other] or (memory[name] is not None and memory[name] == memory[other])):
                pairs.append([name, other])
    return pairs


def memory_of(value: Any) -> Any:
    """The array that owns the memory of an array: its views are changed with it."""
    if type(value).__name__ not in ("ndarray", "memmap"):
        return None
    while getattr(value, "base", None) is not None:
        value = value.base
    return id(value)
