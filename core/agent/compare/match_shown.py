"""Pairs what the notebook showed with what the project showed: in order, equal ones first."""

from __future__ import annotations

from typing import Any, Optional

from .compare_stage import compare_value, noise_of
from .stored_graph import StoredGraph
from .tolerance import Tolerance
from .walk import Walk
from .wording import brief, short_type


def match_shown(
    left: StoredGraph, again: Optional[StoredGraph], right: StoredGraph, stage: str, tolerance: Tolerance, passed_over: list
) -> list:
    """One answer for each thing that either shows in a stage, with the cell where it is the notebook's.

    `passed_over` are the cells whose last value the project need not show.
    """
    first = [entry for entry in left.extra["list"] if entry["stage"] == stage]
    second = [entry for entry in right.extra["list"] if entry["stage"] == stage]
    answers = []
    # The place in the project of what came last in the notebook; a metric has none.
    last = -1
    for mine, other in paired(left, right, first, second, tolerance, set(passed_over)):
        found = answer(left, again, right, mine, other, tolerance)
        place = -1 if mine is None or other is None or other.get("metric") else second.index(other)
        if 0 <= place < last and found["verdict"] in ("identical", "equivalent"):
            found.update(verdict="different", detail="the project shows it earlier: what is shown comes in another order")
        last = max(last, place)
        found["pictures"] = [entry and entry.get("picture") for entry in (mine, other)]
        answers.append(found)
    return answers


def paired(left: StoredGraph, right: StoredGraph, first: list, second: list, tolerance: Tolerance, passed_over: set) -> list:
    """Pairs of entries, None where one side has none. Never more than one equal pair is passed over for another.

    A metric of the project stands for an equal number that the notebook showed, and for nothing else. What the project
    need not show gets what is left: `model.set_params(...)`, of which the next cell's `model` shows the same.
    """
    pairs: list = [[entry, None] for entry in first]
    rest = list(second)
    ends = {entry["cell"]: entry["name"] for entry in first if entry["cell"] in passed_over}
    for pair in sorted(pairs, key=lambda pair: ends.get(pair[0]["cell"]) == pair[0]["name"]):
        pair[1] = next((other for other in rest if is_equal(left, right, pair[0], other, tolerance)), None)
        if pair[1] is not None:
            rest.remove(pair[1])
    rest = [other for other in rest if not other.get("metric")]
    for pair in pairs:
        if pair[1] is None and ends.get(pair[0]["cell"]) != pair[0]["name"]:
            kind = left.node(left.roots[pair[0]["name"]])["t"]
            pair[1] = next((other for other in rest if right.node(right.roots[other["name"]])["t"] == kind), None)
            if pair[1] is not None:
                rest.remove(pair[1])
    return [*pairs, *([None, other] for other in rest)]


def is_equal(left: StoredGraph, right: StoredGraph, entry: dict, other: dict, tolerance: Tolerance) -> bool:
    return not Walk(left, right, tolerance).compare(left.roots[entry["name"]], right.roots[other["name"]]).count


def answer(left: StoredGraph, again: Optional[StoredGraph], right: StoredGraph, mine: Any, other: Any, tolerance: Tolerance) -> dict:
    if mine is None:
        ref = right.roots[other["name"]]
        return {"stage": other["stage"], "cell": None, "verdict": "new", "type": short_type(right.node(ref)["t"]), "detail": f"the project shows {brief(right, ref)}"}
    ref = left.roots[mine["name"]]
    place = {"stage": mine["stage"], "cell": mine["cell"], "type": short_type(left.node(ref)["t"])}
    if other is None:
        return {**place, "verdict": "missing", "detail": f"the project does not show {brief(left, ref)}"}
    noise = noise_of(left, again, mine["name"], tolerance)
    return {**place, **compare_value(left, right, mine["name"], other["name"], tolerance, noise)}
