"""Features."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

import pandas as pd

from .definitions import Rule, Scaler, by_zone_function, steps_log, steps_zone


class Features(NamedTuple):
    """What the stage hands on."""

    by_zone: defaultdict[Any, Any]
    steps: dict[Any, Any]
    rule: Rule
    scaler: Scaler


def features(rides: pd.DataFrame) -> Features:
    """From cells 4 and 5 of notebook.ipynb."""
    by_zone = defaultdict(by_zone_function)
    for zone, km in zip(rides["zone"], rides["km"]):
        by_zone[zone].append(km)
    steps = {
        "log": steps_log,
        "zone": steps_zone,
    }

    scaler = Scaler(2.0)
    rule = Rule("far")
    return Features(by_zone, steps, rule, scaler)
