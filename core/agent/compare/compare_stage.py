"""Compares the values of one stage: the notebook's, the notebook's once more, and the project's."""

from __future__ import annotations

import math
from typing import Any, Optional

from .comparison import Comparison
from .places import phrase
from .stored_graph import StoredGraph, children
from .tolerance import Tolerance
from .walk import SIDES, Walk
from .wording import brief, short_type

# Beyond this many objects, looking for which names share one costs more than it tells.
MOST_SHARED = 200_000
FIXED = {"atom", "bytes", "function"}
# What captures, or holds in its variables, what it reads: by its code.
CODED = ("function", "generator")


def compare_stage(left: StoredGraph, again: Optional[StoredGraph], right: StoredGraph, names: list, tolerance: Tolerance, sides: tuple = SIDES, alone: frozenset = frozenset(), together: Optional[list] = None) -> list:
    """One answer a name that either side has; `names` are pairs of the name on the left and on the right.

    Those that the stage leaves `alone` may be copies of one another in the project: nothing is changed through them. So
    may names that are not `together` in one of these lists, where there are any: each list is saved in a file of its own.
    """
    answers = []
    for name, other in names:
        answer: dict = {"name": name}
        if name in left.roots and other in right.roots:
            noise = noise_of(left, again, name, tolerance)
            answer.update(compare_value(left, right, name, other, tolerance, noise, sides))
        elif name in left.roots:
            answer.update(verdict="missing", type=short_type(left.node(left.roots[name])["t"]), detail=f"{sides[1]} has no value of this name; {sides[0]} has {brief(left, left.roots[name])}")
        elif other in right.roots:
            answer.update(verdict="new", type=short_type(right.node(right.roots[other])["t"]), detail=f"{sides[0]} has no value of this name; {sides[1]} has {brief(right, right.roots[other])}")
        else:
            continue
        answers.append(answer)
    compare_sharing(left, right, answers, sides, alone, together)
    return answers


def noise_of(left: StoredGraph, again: Optional[StoredGraph], name: str, tolerance: Tolerance) -> Optional[Comparison]:
    if again is None:
        return None
    if name not in again.roots:
        return Comparison(differences=[("", "it exists in one of two runs of the notebook only")], count=1)
    return Walk(left, again, tolerance).compare(left.roots[name], again.roots[name])


def compare_value(left: StoredGraph, right: StoredGraph, name: str, other: str, tolerance: Tolerance, noise: Optional[Comparison], sides: tuple = SIDES) -> dict:
    kind = short_type(left.node(left.roots[name])["t"])
    places = frozenset(place for place, _ in noise.differences) if noise else frozenset()
    result: dict = {"type": kind, "noise": [{"path": path, "message": message} for path, message in noise.differences] if noise else []}
    if noise and ("" in places or noise.count > len(noise.differences)):
        return {**result, "verdict": "nondeterministic", "detail": noise.differences[0][1]}
    found = Walk(left, right, tolerance, places, sides).compare(left.roots[name], right.roots[other])
    result.update(verdict=verdict_of(found), detail=detail_of(found, places), differences=found.count)
    if found.max_abs or found.max_rel:
        result.update(maxAbs=finite(found.max_abs), maxRel=finite(found.max_rel))
    if found.count:
        twin = twin_of(left, right, name, right.roots[other], tolerance)
        if twin:
            result["detail"] += f"; the value of {sides[1]} equals {twin} of {sides[0]}"
    return result


def verdict_of(found: Comparison) -> str:
    if found.count:
        return "different"
    if found.opaque:
        return "opaque"
    return "equivalent" if found.inexact else "identical"


def detail_of(found: Comparison, ignored: frozenset) -> str:
    if found.count:
        more = f" (and {found.count - 1} more differences)" if found.count > 2 else " (and 1 more difference)" if found.count == 2 else ""
        return phrase(*found.differences[0]) + more
    said = []
    if found.opaque:
        said.append("cannot be compared: " + phrase(*found.opaque[0]) + (f" (and {len(found.opaque) - 1} more places)" if len(found.opaque) > 1 else ""))
        if found.compared:
            said.append("all else is equal" if not found.inexact else "all else is within the tolerance")
    elif found.inexact:
        said.append(found.first_inexact)
    if ignored:
        said.append("apart from " + ", ".join(sorted(ignored)[:5]) + ", which two runs of the notebook do not agree on")
    return "; ".join(said)


def twin_of(left: StoredGraph, right: StoredGraph, name: str, ref: int, tolerance: Tolerance) -> str:
    """Another name of the notebook whose value the project has under this one: two that were swapped."""
    node = right.node(ref)
    if node["k"] not in ("frame", "array", "object"):
        return ""
    for other, candidate in left.roots.items():
        if other != name and left.node(candidate)["k"] == node["k"] and left.node(candidate)["t"] == node["t"]:
            found = Walk(left, right, tolerance).compare(candidate, ref)
            if not found.count and not found.opaque:
                return other
    return ""


def compare_sharing(left: StoredGraph, right: StoredGraph, answers: list, sides: tuple, alone: frozenset, together: Optional[list]) -> None:
    """Two names of one object must stay two names of one object: a change through one is seen through the other."""
    both = [
        answer["name"]
        for answer in answers
        if answer["verdict"] not in ("missing", "new") and not is_rewritten(left, right, answer["name"])
    ]
    if len(left.nodes) + len(right.nodes) > MOST_SHARED:
        return
    first, second = sharing(left, both, codes(right)), sharing(right, both, codes(left))
    for answer in answers:
        for other in both:
            pair = (answer["name"], other)
            if alone.issuperset(pair) or (together is not None and not any(answer["name"] in group and other in group for group in together)):
                continue
            if (pair in first) == (pair in second) or answer["verdict"] == "different":
                continue
            where = sides if pair in first else sides[::-1]
            answer["verdict"] = "different"
            answer["detail"] = f"in {where[0]} it is one object with what {other} is or holds, in {where[1]} another one"


def is_rewritten(left: StoredGraph, right: StoredGraph, name: str) -> bool:
    """A function, or a generator, that reads a global in the notebook may hold the same value in its closure in the project."""
    first, second = (graph.node(graph.roots[name]) if name in graph.roots else {"k": ""} for graph in (left, right))
    return first["k"] == second["k"] and first["k"] in CODED and first["code"] != second["code"]


def codes(graph: StoredGraph) -> set:
    return {node["code"] for node in graph.nodes if node["k"] in CODED}


def sharing(graph: StoredGraph, names: list, others: set) -> set:
    """Pairs of names where the object of the first, which can change, is the second's or inside it.

    One with code that the other side does not have was rewritten: it captures what the other reads as globals.
    """
    roots = {name: graph.roots[name] for name in names if name in graph.roots and can_change(graph.node(graph.roots[name]))}
    wanted = {}
    for name, ref in roots.items():
        wanted.setdefault(ref, []).append(name)
    pairs = set()
    for name in names:
        if name not in graph.roots:
            continue
        seen, waiting = set(), [graph.roots[name]]
        while waiting:
            ref = waiting.pop()
            if ref in seen:
                continue
            seen.add(ref)
            for other in wanted.get(ref, ()):
                if other != name:
                    pairs.add((other, name))
            node = graph.node(ref)
            if node["k"] not in CODED or node["code"] in others:
                waiting.extend(children(node))
    return pairs


def can_change(node: dict) -> bool:
    return node["k"] not in FIXED and node["t"] not in ("tuple", "frozenset") and not (node["k"] == "array" and node["shape"] == [])


def finite(number: float) -> Any:
    return number if math.isfinite(number) else None
