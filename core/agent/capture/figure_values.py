"""matplotlib figures, by the data that they show: never by how the picture happened to be encoded."""

from __future__ import annotations

import sys
from typing import Any, Optional

from .graph import Graph, Node, opaque


def figure(value: Any, graph: Graph) -> Node:
    axes = [axes_facts(one) for one in value.axes]
    facts = {
        "size": [float(side) for side in value.get_size_inches()],
        "title": value._suptitle.get_text() if getattr(value, "_suptitle", None) else "",
        "texts": [text.get_text() for text in value.texts],
        "axes": axes,
    }
    return {"k": "object", "t": "matplotlib.figure.Figure", "parts": [[name, graph.ref(fact)] for name, fact in facts.items()]}


def axes(value: Any, graph: Graph) -> Node:
    facts = axes_facts(value)
    return {"k": "object", "t": "matplotlib.axes.Axes", "parts": [[name, graph.ref(fact)] for name, fact in facts.items()]}


def axes_facts(value: Any) -> dict:
    """What one pair of axes shows, as plain data and arrays."""
    legend = value.get_legend()
    return {
        "title": value.get_title(),
        "x label": value.get_xlabel(),
        "y label": value.get_ylabel(),
        "lines": [artist_facts(line) for line in value.lines],
        "patches": [artist_facts(patch) for patch in value.patches],
        "collections": [artist_facts(one) for one in value.collections],
        "images": [artist_facts(one) for one in value.images],
        "texts": [text.get_text() for text in value.texts],
        "legend": [text.get_text() for text in legend.get_texts()] if legend is not None else [],
        # Where it stands in the figure, as it was set up: drawing moves what has an aspect of its own.
        "position": [float(side) for side in value.get_position(original=True).bounds],
        "aspect": str(value.get_aspect()),
        "axis": bool(value.axison),
        "x scale": value.get_xscale(),
        "y scale": value.get_yscale(),
        "x limits": [float(limit) for limit in value.get_xlim()],
        "y limits": [float(limit) for limit in value.get_ylim()],
        "x ticks": [text.get_text() for text in value.get_xticklabels()],
        "y ticks": [text.get_text() for text in value.get_yticklabels()],
    }


def artist_facts(value: Any) -> dict:
    """The numbers behind one artist: whatever of these it has."""
    numpy = sys.modules["numpy"]
    facts: dict = {"kind": type(value).__name__, "label": str(value.get_label())}
    for name, method in READINGS.items():
        read = getattr(value, method, None)
        if read is None:
            continue
        data = read()
        facts[name] = None if data is None else numpy.ma.filled(numpy.ma.asarray(data, dtype=float), numpy.nan)
    if hasattr(value, "get_path") and "points" not in facts:
        path = value.get_path()
        transform = getattr(value, "get_patch_transform", None)
        facts["points"] = numpy.asarray((transform().transform_path(path) if transform else path).vertices, dtype=float)
    if hasattr(value, "get_paths"):
        facts["paths"] = [numpy.asarray(path.vertices, dtype=float) for path in value.get_paths()]
    for name, method in WORDS.items():
        if hasattr(value, method):
            facts[name] = str(getattr(value, method)())
    if hasattr(value, "get_cmap") and facts.get("array") is not None:
        facts["colour map"] = str(value.get_cmap().name)
        facts["colour limits"] = numpy.asarray([limit for limit in value.get_clim() if limit is not None], dtype=float)
    for name in ("get_color", "get_facecolor", "get_edgecolor"):
        if hasattr(value, name):
            facts[name[4:]] = sys.modules["matplotlib.colors"].to_rgba_array(getattr(value, name)())
    return facts


READINGS = {
    "points": "get_xydata",
    "offsets": "get_offsets",
    "array": "get_array",
    "width": "get_linewidth",
    "sizes": "get_sizes",
    "marker size": "get_markersize",
    "alpha": "get_alpha",
}

# What is said in words: `o`, `--`.
WORDS = {"marker": "get_marker", "line style": "get_linestyle", "hatch": "get_hatch"}


def artist(value: Any, graph: Graph) -> Optional[Node]:
    if hasattr(value, "get_text"):
        return {"k": "object", "t": "matplotlib.text.Text", "parts": [["text", graph.ref(value.get_text())]]}
    facts = artist_facts(value)
    return {"k": "object", "t": f"matplotlib.{facts['kind']}", "parts": [[name, graph.ref(fact)] for name, fact in facts.items()]}


def container(value: Any, graph: Graph) -> Node:
    return {"k": "seq", "t": f"matplotlib.{type(value).__name__}", "items": [graph.ref(item) for item in tuple(value)]}


def part_of_a_figure(value: Any, graph: Graph) -> Node:
    return opaque(value, "a part of a figure that shows no data of its own")


TABLE = {
    ("matplotlib", "FigureBase"): figure,
    ("matplotlib", "_AxesBase"): axes,
    ("matplotlib", "Axis"): part_of_a_figure,
    ("matplotlib", "Artist"): artist,
    ("matplotlib", "Container"): container,
    ("matplotlib", "Colorbar"): part_of_a_figure,
    ("matplotlib", "FigureCanvasBase"): part_of_a_figure,
    ("seaborn", "Grid"): lambda value, graph: {"k": "object", "t": "seaborn.Grid", "parts": [["figure", graph.ref(value.figure)]]},
}
