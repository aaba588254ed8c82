"""Two texts line by line: numbers in them may part by the tolerance; lines that two runs do not agree on are told."""

from __future__ import annotations

import re
from typing import Optional

from .tolerance import Tolerance

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
MOST_NOISE = 20


def compare_texts(left: list, again: Optional[list], right: list, tolerance: Tolerance) -> dict:
    """`left` and `right` are lines of the notebook's and of the project's file, `again` of the notebook's second run."""
    noise = noisy_lines(left, again) if again is not None else {}
    if noise is None:
        return {"verdict": "nondeterministic", "detail": f"{len(left)} lines in one run, {len(again or ())} in another"}
    told = [{"path": f"line {at + 1}", "message": message} for at, message in sorted(noise.items())[:MOST_NOISE]]
    if len(left) != len(right):
        return {"verdict": "different", "noise": told, "detail": f"{len(left)} lines in the notebook's file, {len(right)} in the project's{first_apart(left, right)}"}
    apart, inexact = [], []
    for at, (one, other) in enumerate(zip(left, right)):
        if at in noise or one == other:
            continue
        (inexact if is_close(one, other, tolerance) else apart).append(at)
    if apart:
        more = f" (and {len(apart) - 1} more lines)" if len(apart) > 1 else ""
        return {"verdict": "different", "noise": told, "detail": f"line {apart[0] + 1}: {short(left[apart[0]])} and {short(right[apart[0]])}{more}"}
    if inexact:
        return {"verdict": "equivalent", "noise": told, "detail": f"line {inexact[0] + 1}: {short(left[inexact[0]])} and {short(right[inexact[0]])}"}
    if noise:
        return {"verdict": "identical", "noise": told, "detail": f"apart from {len(noise)} lines, which two runs of the notebook do not agree on"}
    return {"verdict": "equivalent", "noise": told, "detail": "other bytes, which hold the same"}


def noisy_lines(left: list, again: list) -> Optional[dict]:
    """Lines that two runs do not agree on, with what is said of each; None where not even their number is the same."""
    if len(left) != len(again):
        return None
    return {at: f"{short(one)} and {short(other)}" for at, (one, other) in enumerate(zip(left, again)) if one != other}


def is_close(one: str, other: str, tolerance: Tolerance) -> bool:
    if NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other))
    return all(not tolerance.of_floats(float(first), float(second)).differing for first, second in pairs)


def first_apart(left: list, right: list) -> str:
    at = next((at for at, (one, other) in enumerate(zip(left, right)) if one != other), None)
    return "" if at is None else f"; line {at + 1}: {short(left[at])} and {short(right[at])}"


def short(line: str) -> str:
    text = repr(line)
    return text if len(text) <= 80 else text[:79] + "…"
