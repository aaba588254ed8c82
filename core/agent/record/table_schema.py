"""The schema of a pandas table, as it was seen: columns, dtypes, ranges, missing values."""

from __future__ import annotations

import math
import sys
from typing import Any

# A table wider than this is known by its shape only.
MOST_COLUMNS = 300
# A column of texts with so few values has a list of them.
MOST_VALUES = 12


def table_schema(value: Any) -> Any:
    """The schema, or None for what is no table of pandas with columns that have names of their own."""
    pandas = sys.modules.get("pandas")
    if pandas is None or not isinstance(value, pandas.DataFrame):
        return None
    labels = list(value.columns)
    if len(labels) > MOST_COLUMNS or len(set(labels)) < len(labels) or any(type(label) is not str for label in labels):
        return {"rows": len(value), "width": len(labels)}
    return {"rows": len(value), "width": len(labels), "columns": [column(pandas, value[label]) for label in labels]}


def column(pandas: Any, series: Any) -> dict:
    seen: dict = {"name": series.name, "dtype": str(series.dtype), "missing": int(series.isna().sum())}
    held = series.dropna()
    if len(held) == 0:
        return seen
    types = pandas.api.types
    if types.is_bool_dtype(series.dtype):
        return seen
    if types.is_numeric_dtype(series.dtype) and not types.is_complex_dtype(series.dtype):
        low, high = held.min(), held.max()
        if math.isfinite(low) and math.isfinite(high):
            seen.update(low=low.item() if hasattr(low, "item") else low, high=high.item() if hasattr(high, "item") else high)
    elif isinstance(series.dtype, pandas.CategoricalDtype) or types.is_string_dtype(series.dtype):
        try:
            values = sorted(held.unique())
        except TypeError:
            return seen
        if len(values) <= MOST_VALUES and len(values) * 4 <= len(held) and all(isinstance(each, str) for each in values):
            seen["values"] = [str(each) for each in values]
    return seen
