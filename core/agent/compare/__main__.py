"""python compare REQUEST.json ANSWER.json: compares the stages that the request names."""

from __future__ import annotations

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from compare.compare_stage import compare_stage  # noqa: E402
from compare.stored_graph import StoredGraph  # noqa: E402
from compare.tolerance import Tolerance  # noqa: E402


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    tolerance = Tolerance(request["rtol"], request["atol"])
    answers = []
    for stage in request["stages"]:
        again = StoredGraph(stage["again"]) if stage.get("again") else None
        answers.append(compare_stage(StoredGraph(stage["left"]), again, StoredGraph(stage["right"]), stage["names"], tolerance))
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(answers, file, allow_nan=False)


if __name__ == "__main__":
    main()
