"""Runs of plain values (ints, texts, truth values), side by side; long ones a piece at a time."""

from __future__ import annotations

import json
from collections import Counter
from typing import Iterator, Optional

from reprise_capture.builtin_values import LONGEST_IN_GRAPH

from .stored_graph import StoredGraph, length

# Longer runs are not looked through for the same values in another order.
MOST_COUNTED = 1 << 20


def runs_apart(left: StoredGraph, first: dict, right: StoredGraph, second: dict, unit: str) -> Optional[str]:
    """What two runs of one length have not in common, in one sentence; None where they are equal."""
    apart, where, pair = 0, 0, None
    for at, ones, others in pieces(left, first, right, second):
        places = [place for place, (one, other) in enumerate(zip(ones, others)) if one != other]
        if places and pair is None:
            where, pair = at + places[0], (ones[places[0]], others[places[0]])
        apart += len(places)
    if pair is None:
        return None
    total = length(first)
    said = f"first at {where}: {pair[0]!r:.80} and {pair[1]!r:.80}"
    if total <= MOST_COUNTED and Counter(whole(left, first)) == Counter(whole(right, second)):
        return f"the same {total} {unit} in another order, {said}"
    return f"{apart} of {total} {unit} differ, {said}"


def pieces(left: StoredGraph, first: dict, right: StoredGraph, second: dict) -> Iterator[tuple]:
    """What may differ, with the place where each piece begins; of what was too large to be kept, digests."""
    if "chunks" not in first or "chunks" not in second:
        yield 0, whole(left, first), whole(right, second)
        return
    for number, (one, other) in enumerate(zip(first["chunks"], second["chunks"])):
        at, ones, others = number * LONGEST_IN_GRAPH, left.octets(one), right.octets(other)
        if ones is None or others is None:
            yield at, left.digests(one, ""), right.digests(other, "")
        elif ones != others:
            yield at, json.loads(ones), json.loads(others)


def whole(graph: StoredGraph, node: dict) -> list:
    return [value for values in graph.run(node) for value in values]
