"""matplotlib figures, by the data that they show: never by how the picture happened to be encoded."""

from __future__ import annotations

import sys
from typing import Any, Optional

from .figure_texts import OF_AXES, OF_FIGURES, placed_text_facts, text_facts, titles
from .graph import Graph, Node, opaque


def figure(value: Any, graph: Graph) -> Node:
    axes = [axes_facts(one) for one in value.axes]
    facts = {
        "size": [float(side) for side in value.get_size_inches()],
        "titles": titles(value, OF_FIGURES),
        "texts": [placed_text_facts(text) for text in value.texts],
        "legends": [legend_facts(legend) for legend in getattr(value, "legends", ())],
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
        **in_space(value),
        "titles": titles(value, OF_AXES),
        "x label": text_facts(value.xaxis.label),
        "y label": text_facts(value.yaxis.label),
        "lines": [artist_facts(line) for line in value.lines],
        "patches": [artist_facts(patch) for patch in value.patches],
        "collections": [artist_facts(one) for one in value.collections],
        "images": [artist_facts(one) for one in value.images],
        "texts": [placed_text_facts(text) for text in value.texts],
        "tables": [[text_facts(cell.get_text()) for _, cell in sorted(table.get_celld().items())] for table in value.tables],
        "legend": legend_facts(legend) if legend is not None else None,
        # Where it stands in the figure, as it was set up: drawing moves what has an aspect of its own.
        "position": [float(side) for side in value.get_position(original=True).bounds],
        "aspect": str(value.get_aspect()),
        "axis": bool(value.axison),
        "x grid": any(line.get_visible() for line in value.get_xgridlines()),
        "y grid": any(line.get_visible() for line in value.get_ygridlines()),
        "x scale": value.get_xscale(),
        "y scale": value.get_yscale(),
        "x limits": [float(limit) for limit in value.get_xlim()],
        "y limits": [float(limit) for limit in value.get_ylim()],
        "x ticks": [text_facts(text) for text in value.get_xticklabels()],
        "y ticks": [text_facts(text) for text in value.get_yticklabels()],
        "face": colours(value.get_facecolor()),
        "spines": {str(side): bool(spine.get_visible()) for side, spine in value.spines.items()},
    }


def in_space(value: Any) -> dict:
    """What axes in three dimensions have besides."""
    if not hasattr(value, "get_zlim"):
        return {}
    return {
        "z label": text_facts(value.zaxis.label),
        "z scale": value.get_zscale(),
        "z limits": [float(limit) for limit in value.get_zlim()],
        "view": [float(value.elev), float(value.azim)],
    }


def legend_facts(value: Any) -> dict:
    return {"title": text_facts(value.get_title()), "texts": [text_facts(text) for text in value.get_texts()]}


def colours(value: Any) -> Any:
    return sys.modules["matplotlib.colors"].to_rgba_array(value)


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
    for name in IN_SPACE:
        if hasattr(value, name):
            facts[name.strip("_")] = [numpy.ma.filled(numpy.ma.asarray(part, dtype=float), numpy.nan) for part in getattr(value, name)]
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
            facts[name[4:]] = colours(getattr(value, name)())
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

# Where artists in three dimensions keep what they show; what they give out is how it looked when it was drawn last.
IN_SPACE = ("_vec", "_verts3d", "_offsets3d", "_segments3d")

# What is said in words: `o`, `--`.
WORDS = {"marker": "get_marker", "line style": "get_linestyle", "hatch": "get_hatch"}


def artist(value: Any, graph: Graph) -> Optional[Node]:
    if hasattr(value, "get_text"):
        parts = [[name, graph.ref(fact)] for name, fact in placed_text_facts(value).items()]
        return {"k": "object", "t": "matplotlib.text.Text", "parts": parts}
    facts = artist_facts(value)
    return {"k": "object", "t": f"matplotlib.{facts['kind']}", "parts": [[name, graph.ref(fact)] for name, fact in facts.items()]}


def container(value: Any, graph: Graph) -> Node:
    return {"k": "seq", "t": f"matplotlib.{type(value).__name__}", "items": [graph.ref(item) for item in tuple(value)]}


def axis(value: Any, graph: Graph) -> Node:
    facts = {
        "label": text_facts(value.label),
        "scale": value.get_scale(),
        "limits": [float(limit) for limit in value.get_view_interval()],
        "ticks": [text_facts(text) for text in value.get_ticklabels()],
    }
    return {"k": "object", "t": "matplotlib.Axis", "parts": [[name, graph.ref(fact)] for name, fact in facts.items()]}


def colour_bar(value: Any, graph: Graph) -> Node:
    facts = {"axes": value.ax, "orientation": value.orientation, "limits": [float(value.vmin), float(value.vmax)]}
    return {"k": "object", "t": "matplotlib.Colorbar", "parts": [[name, graph.ref(fact)] for name, fact in facts.items()]}


def part_of_a_figure(value: Any, graph: Graph) -> Node:
    return opaque(value, "a part of a figure that shows no data of its own")


TABLE = {
    ("matplotlib", "FigureBase"): figure,
    ("matplotlib", "_AxesBase"): axes,
    ("matplotlib", "Axis"): axis,
    ("matplotlib", "Artist"): artist,
    ("matplotlib", "Container"): container,
    ("matplotlib", "Colorbar"): colour_bar,
    ("matplotlib", "FigureCanvasBase"): part_of_a_figure,
    ("seaborn", "Grid"): lambda value, graph: {"k": "object", "t": "seaborn.Grid", "parts": [["figure", graph.ref(value.figure)]]},
}
