"""The texts of figures: what they say, and how it looks."""

from __future__ import annotations

import sys
from typing import Any


def text_facts(value: Any) -> dict:
    """A title, a label, the text of a tick or of a legend. Where it stands is left out: drawing moves it."""
    return {
        "text": str(value.get_text()),
        "size": float(value.get_size()),
        "weight": str(value.get_weight()),
        "style": str(value.get_style()),
        "family": [str(name) for name in value.get_family()],
        "colour": sys.modules["matplotlib.colors"].to_rgba_array(value.get_color()),
        "rotation": float(value.get_rotation()),
        "visible": bool(value.get_visible()),
    }


def placed_text_facts(value: Any) -> dict:
    """A text that was put somewhere, perhaps with an arrow from it."""
    places = {"at": value.get_position(), "points to": getattr(value, "xy", None)}
    return {
        **text_facts(value),
        "across": str(value.get_horizontalalignment()),
        "along": str(value.get_verticalalignment()),
        **{name: [str(part) if isinstance(part, str) else float(part) for part in place] for name, place in places.items() if place is not None},
    }


def titles(value: Any, names: dict) -> dict:
    """The texts that figures and axes keep in attributes of these names, those that say anything."""
    kept = {name: getattr(value, attribute, None) for name, attribute in names.items()}
    return {name: text_facts(text) for name, text in kept.items() if text is not None and text.get_text()}


OF_FIGURES = {"above": "_suptitle", "below": "_supxlabel", "beside": "_supylabel"}
OF_AXES = {"centre": "title", "left": "_left_title", "right": "_right_title"}
