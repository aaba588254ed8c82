"""python -m reprise_record REQUEST.json ANSWER.json: loads what the stages of a project saved, and tells what it is."""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import os
import platform
import runpy
import sys
from pathlib import Path
from typing import Any, Callable, Optional

from .table_schema import table_schema
from .value_type import value_type


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    package = request["package"]
    load = importlib.import_module(package + ".artifacts").load
    summary = summary_of(request["summary"])
    answer: dict = {}
    for stage in request["stages"]:
        answer[stage] = {}
        for name, value in saved(load, Path(request["work"]), stage):
            answer[stage][name] = described(value, package, summary)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump({"stages": answer, "versions": versions(request["distributions"])}, file, allow_nan=False)


def saved(load: Any, work: Path, stage: str) -> Any:
    """Every value of a stage by name; one that cannot be loaded is left out: the proof tells of it."""
    index = work / stage / "outputs.json"
    if not index.exists():
        return
    for output in json.loads(index.read_text(encoding="utf-8")):
        try:
            value = load(work, stage, output["name"])
        except Exception as error:
            print(f"{stage}: {output['name']} cannot be loaded: {error}", file=sys.stderr)
            continue
        for name in output.get("names", [output["name"]]):
            yield name, value[name] if "names" in output else value


def described(value: Any, package: str, summary: Optional[Callable]) -> dict:
    told: dict = {"type": value_type(value, ("__main__", package))}
    for key, describe in (("schema", table_schema), ("summary", summary)):
        try:
            part = None if describe is None else describe(value)
            json.dumps(part, allow_nan=False)
        except Exception as error:  # a value whose own methods fail is recorded by its type only
            part = None
            print(f"no {key}: {error}", file=sys.stderr)
        if part is not None:
            told[key] = part
    return told


def versions(distributions: list) -> dict:
    """What is installed of them, and the Python."""
    found = {"python": platform.python_version()}
    for name in distributions:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            print(f"{name} is not installed", file=sys.stderr)
    return found


def summary_of(path: Optional[str]) -> Optional[Callable]:
    """The project's own `summary`, so that its tests hold values against what the same code said of them."""
    if path is None or not os.path.exists(path):
        return None
    return runpy.run_path(path).get("summary")


if __name__ == "__main__":
    main()
