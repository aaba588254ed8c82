"""Work."""

from __future__ import annotations

import json as js
from math import sqrt
from typing import Any, NamedTuple

from local_of_patterns import FACTOR, scale


class Prepare(NamedTuple):
    """What the stage hands on."""

    text: Any
    root: float


def prepare() -> Prepare:
    """From cells 1 and 3 of notebook.ipynb."""
    try:
        import ujson_that_is_not_there as fast_json
    except ImportError:
        fast_json = js

    values = [scale(x) for x in range(5)]
    text = fast_json.dumps(values)
    root = sqrt(FACTOR)
    return Prepare(text, root)
