"""python -m reprise_compare REQUEST.json ANSWER.json: compares the stages that the request names."""

from __future__ import annotations

import json
import sys

from .compare_files import compare_files
from .compare_stage import compare_stage
from .match_shown import match_shown
from .stored_graph import StoredGraph
from .tolerance import Tolerance


def graphs(request: dict) -> tuple:
    again = StoredGraph(request["again"]) if request.get("again") else None
    return StoredGraph(request["left"]), again, StoredGraph(request["right"])


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    tolerance = Tolerance(request["rtol"], request["atol"])
    answers: dict = {"stages": [], "shown": []}
    for stage in request["stages"]:
        left, again, right = graphs(stage)
        answers["stages"].append(compare_stage(left, again, right, stage["names"], tolerance, tuple(stage["sides"]), frozenset(stage.get("alone", ())), stage.get("together")))
    for shown in request["shown"]:
        answers["shown"].append(match_shown(*graphs(shown), shown["stage"], tolerance, shown["passedOver"]))
    answers["files"] = compare_files(request["files"], request["folder"], tolerance)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(answers, file, allow_nan=False)


if __name__ == "__main__":
    main()
