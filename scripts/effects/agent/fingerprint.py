"""What a value is, as a short text: equal before and after a call exactly where the call left the value alone."""

import hashlib
import types

import notes
from attributes import attributes, is_cache
from figure_values import figures
from labelled_values import labelled, terms
from library_values import arrays, connected, described, sparse, tables, tensorflow_values, tensors
from plain_values import code, containers, files, iterators
from writing import ATOMS, Opaque

LIMIT = 60_000

KNOWN = (containers, code, files, iterators, arrays, tables, sparse, tensors, tensorflow_values, labelled, terms, figures, connected, described)


def fingerprint(value, plain=False):
    """Raises Opaque where something in it cannot be compared; with `plain`, where it is more than data."""
    writer = Writer(plain)
    writer.keep_out(notes.places(value))
    writer.write(value, 0)
    return writer.hash.hexdigest()[:20]


class Writer:
    def __init__(self, plain=False):
        self.hash = hashlib.blake2b()
        self.seen = {}
        self.keep = []
        self.count = 0
        self.plain = plain
        self.left_out = set()

    def keep_out(self, places):
        """Leaves attributes of certain objects out: (owner, name)."""
        self.keep.extend(owner for owner, _ in places)
        self.left_out.update((id(owner), name) for owner, name in places)

    def leaves_out(self, owner, name):
        return bool(self.left_out) and (id(owner), name) in self.left_out

    def text(self, *parts):
        for part in parts:
            self.hash.update(repr(part).encode("utf-8", "backslashreplace") + b"\0")

    def write(self, value, depth):
        self.count += 1
        if self.count > LIMIT or depth > 60:
            raise Opaque("too large")
        if isinstance(value, ATOMS) and type(value).__module__ == "builtins":
            return self.text(type(value).__name__, value)
        if id(value) in self.seen:
            return self.text("seen", self.seen[id(value)])
        self.seen[id(value)] = len(self.seen)
        self.keep.append(value)
        self.text(type(value).__module__, type(value).__qualname__)
        for known in KNOWN:
            if known(self, value, depth + 1):
                return
        self.by_parts(value, depth + 1)

    def each(self, values, depth):
        for value in values:
            self.write(value, depth)

    def pairs(self, pairs, depth):
        for key, value in pairs:
            self.write(key, depth)
            self.write(value, depth)

    def by_parts(self, value, depth):
        if self.plain:
            raise Opaque("more than data")
        state = attributes(value)
        if state is not None:
            kept = [pair for pair in state.items() if not is_cache(type(value), str(pair[0])) and not self.leaves_out(value, pair[0])]
            self.pairs(sorted(kept, key=lambda pair: str(pair[0])), depth)
            if isinstance(value, (list, tuple)):
                self.each(value, depth)
            elif isinstance(value, dict):
                self.pairs(value.items(), depth)
            return
        try:
            reduced = value.__reduce_ex__(4)
        except Exception as error:
            raise Opaque(f"{type(value).__name__}: {error}") from None
        if isinstance(reduced, str):
            return self.text(reduced)
        rest = [list(part) if isinstance(part, types.GeneratorType) or hasattr(part, "__next__") else part for part in reduced[1:]]
        self.each(rest, depth)
