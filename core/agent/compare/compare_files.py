"""Compares files that both sides wrote, by what they hold: never by how it happened to be encoded."""

from __future__ import annotations

import os
from typing import Any, Optional

from .compare_stage import compare_value, noise_of
from .compare_text_files import compare_texts
from .stored_graph import StoredGraph
from .tolerance import Tolerance

SIDES = ("left", "again", "right")


def compare_files(pairs: list, folder: str, tolerance: Tolerance) -> list:
    """One answer a pair; `folder` is for what is read out of them."""
    return [{"name": pair["path"], **compare_pair(pair, os.path.join(folder, f"file-{at}"), tolerance)} for at, pair in enumerate(pairs)]


def compare_pair(pair: dict, folder: str, tolerance: Tolerance) -> dict:
    if pair["path"].endswith("/"):
        return {"verdict": "identical", "type": "folder", "detail": ""}
    kind = os.path.splitext(pair["path"])[1].lstrip(".").lower() or "file"
    from reprise_capture.file_contents import digest

    if digest(pair["left"], kind) == digest(pair["right"], kind):
        return {"verdict": "identical", "type": kind, "detail": ""}
    reading, contents = read_all(pair)
    if reading == "text":
        return {"type": kind, **compare_texts(contents["left"], contents.get("again"), contents["right"], tolerance)}
    left, again, right = (graph_of(os.path.join(folder, side), contents.get(side), side in contents) for side in SIDES)
    answer = compare_value(left, right, "file", "file", tolerance, noise_of(left, again, "file", tolerance))
    if answer["verdict"] == "identical" and not answer["detail"]:
        answer.update(verdict="equivalent", detail="other bytes, which hold the same")
    return {**answer, "type": kind}


def read_all(pair: dict) -> tuple:
    """How all of them can be read, and what they hold: as what their name says, else as text, else as bytes."""
    from reprise_capture.file_contents import READINGS

    for name, read in READINGS.items():
        try:
            return name, {side: read(pair[side], pair["path"]) for side in SIDES if pair.get(side)}
        except Exception:  # whatever a library raises for a file that is not its own: the next reading is tried
            continue
    raise AssertionError("every file has a digest")


def graph_of(folder: str, content: Any, is_there: bool) -> Optional[StoredGraph]:
    if not is_there:
        return None
    from reprise_capture.describe import describe
    from reprise_capture.graph import Graph

    graph = Graph(folder, describe)
    graph.root("file", content)
    graph.save()
    return StoredGraph(folder)
