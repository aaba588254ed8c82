"""Walks two described values side by side and gathers where they part."""

from __future__ import annotations

from typing import Any

from reprise_capture.blocks import BLOCK

from .comparison import Comparison
from .places import attribute, columns, dtype_words, in_another_order, place, unfitted, unit
from .runs import runs_apart
from .stored_graph import StoredGraph, items, length
from .tolerance import Tolerance
from .wording import Path, brief, key_step, label, short_type, size

SIDES = ("the notebook", "the project")

# What `x = !command` gives: a project that asks no more of it than a list can do has a list.
SHELL_LIST = "IPython.utils.text.SList"

# Parts that are the whole of what they belong to; naming them helps nobody.
SILENT = {"values", "elements", "arguments", "state"}


class Walk:
    """One comparison. What stands at a path in `ignored` is not looked at: the notebook itself does not reproduce it."""

    def __init__(self, left: StoredGraph, right: StoredGraph, tolerance: Tolerance, ignored: frozenset = frozenset(), sides: tuple = SIDES):
        self._sides = sides
        self.left, self.right, self.tolerance = left, right, tolerance
        self.found = Comparison(ignored)
        self._waiting: list = []
        self._seen: set = set()

    def compare(self, left: Any, right: Any) -> Comparison:
        self._waiting.append((left, right, None))
        while self._waiting:
            a, b, path = self._waiting.pop()
            if isinstance(a, int) and isinstance(b, int):
                if (a, b) in self._seen:
                    continue
                self._seen.add((a, b))
            self._pair(a, b, path)
        return self.found

    def _pair(self, a: Any, b: Any, path: Path) -> None:
        left, right = self.left.node(a), self.right.node(b)
        if left["k"] == "opaque" or right["k"] == "opaque":
            if left["t"] == right["t"]:
                self.found.not_compared(path, left.get("why") or right.get("why", ""))
            else:
                self.found.differ(path, self._kinds(a, b, left, right))
        elif left["k"] != right["k"] or not self._same_type(left["t"], right["t"], path):
            self.found.differ(path, self._kinds(a, b, left, right))
        else:
            getattr(self, "_" + left["k"])(left, right, path)

    def _same_type(self, left: str, right: str, path: Path) -> bool:
        if left == SHELL_LIST and right == "list":
            self.found.stands_for(path, "a plain list of the lines that a command printed; IPython's can do more")
            return True
        return left == right

    def _kinds(self, a: Any, b: Any, left: dict, right: dict) -> str:
        first, second = short_type(left["t"]), short_type(right["t"])
        if first == second:
            first, second = left["t"], right["t"]
        if left["k"] == right["k"] == "atom":
            return f"{first} {brief(self.left, a)} and {second} {brief(self.right, b)}"
        return f"a {first} in {self._sides[0]}, a {second} in {self._sides[1]}"

    # One method for each kind of node.

    def _atom(self, left: dict, right: dict, path: Path) -> None:
        if left["t"] in ("float", "complex"):
            pairs = zip(left["v"], right["v"]) if left["t"] == "complex" else [(left["v"], right["v"])]
            for one, other in pairs:
                self.found.gap(self.tolerance.of_floats(one, other), 1, path, "")
        elif left["v"] == right["v"]:
            self.found.agree()
        else:
            self.found.differ(path, f"{brief(self.left, left)} and {brief(self.right, right)}")

    def _bytes(self, left: dict, right: dict, path: Path) -> None:
        if left["blob"]["size"] != right["blob"]["size"]:
            self.found.differ(path, f"{left['blob']['size']} and {right['blob']['size']} bytes")
        elif not self._same_octets(left["blob"], right["blob"]):
            self.found.differ(path, f"{left['blob']['size']} bytes with another content")
        else:
            self.found.agree()

    def _seq(self, left: dict, right: dict, path: Path) -> None:
        for name in ("fields", "maxlen"):
            if left.get(name) != right.get(name):
                self.found.differ(path, f"{name} {left.get(name)} and {right.get(name)}")
        if length(left) != length(right):
            self.found.differ(path, f"{length(left)} and {length(right)} items")
        self._attributes(left, right, path)
        if "e" in left and left.get("e") == right.get("e") and (left["e"] != "float" or "blob" in left or "blob" in right):
            self._run(left, right, path)
            return
        if "n" in left or "n" in right:
            self.found.differ(path, f"items of type {left.get('e', 'of several kinds')} and {right.get('e', 'of several kinds')}")
            return
        first, second = items(left), items(right)
        for at in range(min(len(first), len(second)) - 1, -1, -1):
            self._later(first[at], second[at], path, f"[{at}]")

    def _run(self, left: dict, right: dict, path: Path) -> None:
        """Two runs of values of one plain type: said as one difference, however many there are."""
        if length(left) != length(right):
            return
        if "blob" in left and "blob" in right:
            self._elements({**left, "stored": "<f8", "shape": [left["n"]]}, {**right, "stored": "<f8"}, path)
            return
        said = runs_apart(self.left, left, self.right, right, unit(path))
        if said is None:
            self.found.agree()
        else:
            self.found.differ(path, said)

    def _set(self, left: dict, right: dict, path: Path) -> None:
        first, second = left["items"], right["items"]
        if len(first) != len(second):
            self.found.differ(path, f"{len(first)} and {len(second)} members")
        labels = [{label(graph, ref) for ref in refs} for graph, refs in ((self.left, first), (self.right, second))]
        if None not in labels[0] | labels[1]:
            if labels[0] == labels[1]:
                self.found.agree()
            elif len(first) == len(second):
                lost = next(ref for ref in first if label(self.left, ref) not in labels[1])
                self.found.differ(path, f"{brief(self.left, lost)} is in {self._sides[0]} only")
            return
        for at in range(min(len(first), len(second)) - 1, -1, -1):
            self._later(first[at], second[at], path, f"member {at}")

    def _map(self, left: dict, right: dict, path: Path) -> None:
        first = [label(self.left, ref) for ref in left["keys"]]
        second = [label(self.right, ref) for ref in right["keys"]]
        self._attributes(left, right, path)
        if "factory" in left and "factory" in right:
            self._later(left["factory"], right["factory"], path, ".default_factory")
        if None in first or None in second or len(set(first)) < len(first):
            self._by_position(left, right, path)
            return
        for graph, keys, node, others, where in (
            (self.left, first, left, set(second), f"in {self._sides[0]} only"),
            (self.right, second, right, set(first), f"in {self._sides[1]} only"),
        ):
            for at, name in enumerate(keys):
                if name not in others:
                    self.found.differ(path, f"the key {brief(graph, node['keys'][at])} is {where}")
        if first != second and set(first) == set(second):
            self.found.differ(path, "the same keys in another order")
        places = {name: at for at, name in enumerate(second)}
        for at in range(len(first) - 1, -1, -1):
            other = places.get(first[at])
            if other is not None:
                self._later(left["values"][at], right["values"][other], path, key_step(self.left, left["keys"][at]))

    def _by_position(self, left: dict, right: dict, path: Path) -> None:
        if len(left["keys"]) != len(right["keys"]):
            self.found.differ(path, f"{len(left['keys'])} and {len(right['keys'])} keys")
        for at in range(min(len(left["keys"]), len(right["keys"])) - 1, -1, -1):
            self._later(left["values"][at], right["values"][at], path, f"value {at}")
            self._later(left["keys"][at], right["keys"][at], path, f"key {at}")

    def _array(self, left: dict, right: dict, path: Path) -> None:
        if left["dtype"] != right["dtype"]:
            self.found.differ(path, f"dtype {dtype_words(left['dtype'])} and {dtype_words(right['dtype'])}")
        elif left["shape"] != right["shape"]:
            self.found.differ(path, f"shape {size(left['shape'])} and {size(right['shape'])}")
        elif "fields" in left:
            self._parts(left["fields"], right["fields"], path, "field ")
        elif "items" in left:
            self._later(left["items"], right["items"], path, "")
        elif "e" in left:
            self._run(left, right, path)
        else:
            self._elements(left, right, path)

    def _elements(self, left: dict, right: dict, path: Path) -> None:
        first = self.left.numbers(left["blob"], left["stored"])
        second = self.right.numbers(right["blob"], right["stored"])
        if first is None or second is None:
            self._digests(left, right, path)
            return
        gap = self.tolerance.of_arrays(first, second)
        self.found.gap(gap, len(first), path, in_another_order(first, second) if gap.differing else "", left["shape"])

    def _digests(self, left: dict, right: dict, path: Path) -> None:
        """Numbers of which only digests were kept: which blocks of them are not the same."""
        ones, others = self.left.digests(left["blob"], left["stored"]), self.right.digests(right["blob"], right["stored"])
        apart = [at for at, (one, other) in enumerate(zip(ones, others)) if one != other]
        if not apart and len(ones) == len(others):
            self.found.agree()
            return
        step = BLOCK // int(left["stored"][2:])
        at = apart[0] if apart else min(len(ones), len(others))
        message = f"{len(apart)} of {len(ones)} blocks of {step} {unit(path)} are not the same, the first begins at {place(at * step, left.get('shape'))}"
        self.found.differ(path, message + "; it is too large to be kept, so neither the elements nor how far they are apart are known")

    def _frame(self, left: dict, right: dict, path: Path) -> None:
        self._parts([["attrs", left["attrs"]]], [["attrs", right["attrs"]]], path, "")
        lost = [name for name in left["labels"] if name not in set(right["labels"])]
        gained = [name for name in right["labels"] if name not in set(left["labels"])]
        if lost:
            self.found.differ(path, f"{columns(lost)} missing in {self._sides[1]}")
        if gained:
            self.found.differ(path, f"{columns(gained)} in {self._sides[1]} only")
        if left["shape"][0] != right["shape"][0]:
            self.found.differ(path, f"{left['shape'][0]} rows in {self._sides[0]}, {right['shape'][0]} in {self._sides[1]}")
            return
        if not lost and not gained:
            if left["labels"] != right["labels"] and sorted(left["labels"]) == sorted(right["labels"]):
                self.found.differ(path, "the same columns in another order")
            else:
                self._later(left["columns"], right["columns"], path, "columns")
        unique = len(set(left["labels"])) == len(left["labels"]) and len(set(right["labels"])) == len(right["labels"])
        places = {name: at for at, name in enumerate(right["labels"])}
        for at in range(len(left["labels"]) - 1, -1, -1):
            other = places.get(left["labels"][at]) if unique else (at if at < len(right["data"]) else None)
            if other is not None:
                self._later(left["data"][at], right["data"][other], path, f'column "{left["labels"][at]}"')
        self._later(left["index"], right["index"], path, "index")

    def _object(self, left: dict, right: dict, path: Path) -> None:
        if "partly" in left or "partly" in right:
            self.found.not_compared(path, left.get("partly") or right["partly"])
        self._parts(left["parts"], right["parts"], path, "")

    def _parts(self, first: list, second: list, path: Path, prefix: str) -> None:
        others = dict(second)
        own = {name for name, _ in first}
        for name, _ in first:
            if name not in others:
                self.found.differ(path, f"{attribute(name)} is missing in {self._sides[1]}{unfitted(name)}")
        for name, _ in second:
            if name not in own:
                self.found.differ(path, f"{attribute(name)} is in {self._sides[1]} only")
        for name, ref in reversed(first):
            if name in others:
                self._later(ref, others[name], path, prefix + name if name not in SILENT else "")

    def _function(self, left: dict, right: dict, path: Path) -> None:
        # What is a lambda in the notebook may be a function with a name in the project.
        if left["name"] not in ("<lambda>", right["name"]):
            self.found.differ(path, f"the function {left['name']} in {self._sides[0]}, {right['name']} in {self._sides[1]}")
        elif self._same_code(left, right, path, f"the function {left['name']}", "what it computes"):
            for at, (one, other) in enumerate(zip(left["captured"], right["captured"])):
                self._later(one, other, path, f".captured[{at}]")
            for name in ("defaults", "keyword_defaults"):
                self._later(left[name], right[name], path, "." + name)

    def _generator(self, left: dict, right: dict, path: Path) -> None:
        if self._same_code(left, right, path, "a generator", "what it gave"):
            self._parts(left["parts"], right["parts"], path, "")

    def _same_code(self, left: dict, right: dict, path: Path, what: str, result: str) -> bool:
        """A project hands a function what it reads as globals in the notebook; other constants no project gives it."""
        if left["code"] == right["code"]:
            self.found.agree()
            return True
        if left["form"] == right["form"]:
            self.found.differ(path, f"{what} has other constants in {self._sides[1]}")
        else:
            self.found.not_compared(path, f"{what} has another form in the project; {result} is compared")
        return False

    def _attributes(self, left: dict, right: dict, path: Path) -> None:
        if ("attributes" in left) != ("attributes" in right):
            where = self._sides[0 if "attributes" in left else 1]
            self.found.differ(path, f"it has attributes of its own in {where} only")
        elif "attributes" in left:
            self._later(left["attributes"], right["attributes"], path, ".__dict__")

    def _later(self, left: Any, right: Any, path: Path, step: str) -> None:
        self._waiting.append((left, right, (path, step)))

    def _same_octets(self, left: dict, right: dict) -> bool:
        first, second = self.left.octets(left), self.right.octets(right)
        if first is None or second is None:
            return self.left.digests(left, "") == self.right.digests(right, "")
        return first == second
