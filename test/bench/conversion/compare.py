"""compare.py REQUEST.json ANSWER.json: holds what a project left against what the notebook left, twice.

REQUEST: notebook (folders of run_cells.py; the second and later ones to know what the notebook does not reproduce itself),
others (folders in the order of their stages), speakers (by name which of them has the last word; where there are none,
the last that has the name), metrics (files of numbers that the other side shows there instead: its own, then those of otherSeeds), otherSeeds (lists of folders as others,
each of a run with another seed: what one of them agrees on with the notebook is chance, and unstable), rtol.
ANSWER: compared, different, unstable (each a list of names; different ones with what differs), printed and shown (what is
missing of the notebook's texts and shown values).
"""

from __future__ import annotations

import glob
import itertools
import json
import math
import os
import pickle
import re
import sys
from collections import Counter
from collections.abc import Iterable

OPAQUE = ("opaque",)


def is_function(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 3 and isinstance(value[0], str) and value[:2] == ("named", "function")


def difference(one: object, other: object, rtol: float, path: str = "") -> str | None:
    """What differs first; nothing where two plain structures are the same."""
    if is_function(one) and one[2] == "<lambda>" and is_function(other):
        # A project gives it a name where another process must find it.
        return None
    if one == OPAQUE or other == OPAQUE if isinstance(one, tuple) and isinstance(other, tuple) else False:
        return None
    if type(one) is not type(other):
        return f"{path}: {type(one).__name__} and {type(other).__name__}"
    if isinstance(one, tuple):
        if len(one) != len(other):
            return f"{path}: {len(one)} and {len(other)} parts"
        for at, (left, right) in enumerate(zip(one, other, strict=True)):
            found = difference(left, right, rtol, f"{path}.{at}")
            if found:
                return found
        return None
    if type(one).__name__ == "ndarray":
        return array_difference(one, other, rtol, path)
    if isinstance(one, float):
        close = one == other or (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=rtol)
        return None if close else f"{path}: {one!r} and {other!r}"
    same = one == other
    return None if same else f"{path}: {str(one)[:60]!r} and {str(other)[:60]!r}"


def array_difference(one: object, other: object, rtol: float, path: str) -> str | None:
    import numpy as np

    if one.shape != other.shape or one.dtype != other.dtype:
        return f"{path}: {one.dtype}{one.shape} and {other.dtype}{other.shape}"
    if one.dtype.kind in "fc":
        # Sums in another order differ in the last digit; near zero that is no relative error.
        scale = float(np.max(np.abs(one[np.isfinite(one)]), initial=0.0))
        same = np.isclose(one, other, rtol=rtol, atol=rtol * scale * 1e-3, equal_nan=True)
    elif one.dtype.names or one.dtype.kind == "V":
        # What lies between the fields of a record is no value.
        same = all(array_difference(one[name], other[name], rtol, path) is None for name in one.dtype.names or ())
        return None if same else f"{path}: records differ"
    else:
        same = (one == other) | ((one != one) & (other != other))
    return None if bool(np.all(same)) else f"{path}: {int(np.size(same) - np.sum(same))} of {np.size(same)} elements"


def load(path: str) -> object:
    if not os.path.exists(path):
        return {}
    with open(path, "rb") as file:
        return pickle.load(file)


def told(folder: str) -> dict:
    with open(os.path.join(folder, "told.json"), encoding="utf-8") as file:
        return json.load(file)


def shown(folder: str) -> list:
    files = glob.glob(os.path.join(folder, "shown-*.pkl"))
    files.sort(key=lambda path: int(path.rsplit("-", 1)[1][:-4]))
    return [one for path in files for one in load(path)]


COLOURS = re.compile("\x1b\\[[0-9;]*[A-Za-z]")

# What %time prints: two short runs may well take the same number of microseconds.
TIMES = ("CPU times:", "Wall time:")


def lines(texts: list) -> Counter:
    return Counter(line for text in texts for line in text.splitlines() if line.strip() and not line.startswith(TIMES))


def words(texts: list) -> Counter:
    return Counter(word for text in texts for word in COLOURS.sub("", text).split())


def by_no_command(missing: Iterable[str], commands: Counter) -> list:
    """Lines whose words no command printed: a shell line of a notebook writes to a terminal, in columns and colours."""
    left = []
    for line in missing:
        own = words([line])
        if own - commands:
            left.append(line)
        else:
            commands = commands - own
    return left


def last_values(folders: list, speakers: dict | None) -> dict:
    values: dict = {}
    for folder in folders:
        for name, value in load(os.path.join(folder, "values.pkl")).items():
            if speakers is None or speakers.get(name) == os.path.basename(folder):
                values[name] = value
    return values


def missing_shown(once: list, again: list[list], others: list, metrics: list, rtol: float) -> list:
    """Shown values of the notebook that the other side never shows; those that all runs agree on."""
    left = [value for folder in others for value in shown(folder)]
    missing = []
    for at, value in enumerate(once):
        if any(at >= len(run) or difference(value, run[at], 0.0) for run in again):
            continue
        # What cannot be looked into stands for its like only.
        alike = (index for index, other in enumerate(left) if (value == OPAQUE) == (other == OPAQUE))
        found = next((index for index in alike if difference(value, left[index], rtol) is None), None)
        if found is not None:
            left.pop(found)
        elif not any(is_number(value, metric, rtol) for metric in metrics):
            missing.append(str(value)[:100])
    return missing


def is_number(value: object, metric: float, rtol: float) -> bool:
    """Whether a plain structure is that number, of whatever type."""
    if value[:1] == ("scalar",):
        number = value[-1] if isinstance(value[-1], (int, float)) and not isinstance(value[-1], bool) else None
    else:
        number = value[-1] if value[2:3] == ("scalar",) and value[-1].dtype.kind in "iuf" else None
    return number is not None and math.isclose(float(number), metric, rel_tol=rtol)


def metrics_in(path: str) -> list:
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [value for value in json.load(file).values() if isinstance(value, (int, float))]


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    rtol = request["rtol"]
    first, *later = request["notebook"]
    once, *again = (load(os.path.join(folder, "values.pkl")) for folder in request["notebook"])
    values = last_values(request["others"], request["speakers"])
    seeded = [last_values(folders, request["speakers"]) for folders in request["otherSeeds"]]
    answer: dict = {"compared": [], "different": [], "unstable": [], "opaque": [], "absent": []}
    for name, value in once.items():
        if name not in values:
            if value[0] != "named" and value != OPAQUE:
                answer["absent"].append(name)
        elif any(difference(value, other.get(name), 0.0) for other in again):
            answer["unstable"].append(name)
        elif value == OPAQUE or values[name] == OPAQUE:
            answer["opaque"].append(name)
        else:
            found = difference(value, values[name], rtol)
            if found and any(difference(value, other.get(name), rtol) is None for other in seeded):
                answer["unstable"].append(name)
                continue
            answer["compared"].append(name)
            if found:
                answer["different"].append(f"{name}{found}")
    printed, commands = Counter(), Counter()
    for folders in (request["others"], *request["otherSeeds"]):
        printed |= lines([told(folder)["printed"] for folder in folders])
        commands |= words([told(folder).get("commands", "") for folder in folders])
    stable = lines([told(first)["printed"]])
    for folder in later:
        stable &= lines([told(folder)["printed"]])
    answer["printed"] = by_no_command((stable - printed).elements(), commands)
    metrics = [metrics_in(path) for path in request["metrics"]]
    runs = [shown(folder) for folder in later]
    missing = [
        missing_shown(shown(first), runs, folders, numbers, rtol)
        for folders, numbers in itertools.zip_longest((request["others"], *request["otherSeeds"]), metrics, fillvalue=[])
    ]
    answer["shown"] = min(missing, key=len)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(answer, file)


if __name__ == "__main__":
    main()
