"""How the places and the kinds of differences are named to people."""

from __future__ import annotations

import re
from typing import Any, Optional

from .wording import Path, render


def phrase(path: Any, message: str) -> str:
    """The place and what is to be said of it."""
    text = path if isinstance(path, str) else render(path)
    return f"{text}: {message}" if text else message


def attribute(name: str) -> str:
    return f"the attribute {name[1:]}" if name.startswith(".") else name


def unfitted(name: str) -> str:
    """A trailing underscore is how scikit-learn names what `fit` has learned."""
    return ", as in an object that was not fitted" if re.fullmatch(r"\.[a-z]\w*_", name) else ""


def columns(names: list) -> str:
    quoted = ", ".join(f'"{name}"' for name in names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"column {quoted} is" if len(names) == 1 else f"columns {quoted} are"


def unit(path: Path) -> str:
    while path is not None:
        path, step = path
        if step.startswith("column "):
            return "rows"
        if step:
            break
    return "elements"


def place(at: int, shape: Optional[list]) -> str:
    """`5`, or `[2, 3]` in more dimensions."""
    if not shape or len(shape) < 2:
        return str(at)
    place_of: list = []
    for side in reversed(shape):
        place_of.insert(0, at % side)
        at //= side
    return str(place_of)


def in_another_order(first: Any, second: Any) -> str:
    import numpy

    if len(first) < 2 or len(first) > 1 << 22:
        return ""
    same = numpy.array_equal(numpy.sort(first), numpy.sort(second), equal_nan=first.dtype.kind in "fc")
    return "reordered" if same else ""


DTYPE_WORDS = {"f": "float", "i": "int", "u": "uint", "c": "complex"}


def dtype_words(dtype: str) -> str:
    """`f8` is `float64` to people."""
    match = re.fullmatch(r"([fiuc])(\d+)", dtype)
    if match:
        return f"{DTYPE_WORDS[match[1]]}{int(match[2]) * 8}"
    return {"b1": "bool", "O": "object"}.get(dtype, dtype)
