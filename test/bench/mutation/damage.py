"""Ways to damage a value, for mutants that carry a wrong value on. One that does not fit the value ends the process."""

from __future__ import annotations

import copy


class DoesNotFitError(BaseException):
    """Nothing in a notebook catches it."""


def fits(condition: bool) -> None:
    if not condition:
        raise DoesNotFitError


def is_frame(value: object) -> bool:
    return type(value).__name__ == "DataFrame"


def is_table(value: object) -> bool:
    return type(value).__name__ in ("DataFrame", "Series") and hasattr(value, "iloc")


def is_array(value: object) -> bool:
    return type(value).__name__ == "ndarray"


def floats_shorter(value):
    """float64 becomes float32."""
    if is_frame(value):
        names = list(value.select_dtypes("float64").columns)
        fits(bool(names))
        return value.astype({name: "float32" for name in names})
    fits(hasattr(value, "astype") and str(getattr(value, "dtype", "")) == "float64")
    return value.astype("float32")


def ints_as_floats(value):
    if is_frame(value):
        names = list(value.select_dtypes("int64").columns)
        fits(bool(names))
        return value.astype({name: "float64" for name in names})
    if type(value) is int:
        return float(value)
    fits(hasattr(value, "astype") and str(getattr(value, "dtype", "")).startswith("int"))
    return value.astype("float64")


def last_column_dropped(value):
    if is_array(value):
        fits(value.ndim == 2 and value.shape[1] > 1)
        return value[:, :-1]
    fits(is_frame(value) and value.shape[1] > 1)
    return value.iloc[:, :-1]


def column_renamed(value):
    if type(value).__name__ == "Series":
        return value.rename("renamed")
    fits(is_frame(value) and value.shape[1] > 0)
    return value.set_axis([*value.columns[:-1], "renamed"], axis=1)


def columns_reversed(value):
    fits(is_frame(value) and value.shape[1] > 1)
    return value.iloc[:, ::-1]


def rows_reversed(value):
    if is_table(value):
        fits(len(value) > 1)
        return value.iloc[::-1]
    fits((is_array(value) and value.ndim > 0 and len(value) > 1) or (isinstance(value, list) and len(value) > 1))
    return value[::-1]


def last_row_dropped(value):
    if is_table(value):
        fits(len(value) > 0)
        return value.iloc[:-1]
    fits(isinstance(value, (list, tuple, str)) or (is_array(value) and value.ndim > 0))
    fits(len(value) > 0)
    return value[:-1]


def index_reset(value):
    fits(is_table(value) and len(value) > 0)
    return value.set_axis(range(7, 7 + len(value)), axis=0)


def one_element_changed(value):
    """The last number, by a millionth of itself."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + (1 if isinstance(value, int) else abs(value) * 1e-6 + 1e-6)
    if is_array(value):
        fits(value.dtype.kind in "fi" and value.size > 0)
        changed = value.copy()
        changed.flat[-1] += 1 if value.dtype.kind == "i" else abs(changed.flat[-1]) * 1e-6 + 1e-6
        return changed
    if type(value).__name__ == "Series":
        fits(value.dtype.kind in "fi" and len(value) > 0)
        changed = value.copy()
        changed.iloc[-1] += 1 if value.dtype.kind == "i" else 1e-6
        return changed
    if is_frame(value):
        names = [at for at, kind in enumerate(value.dtypes) if getattr(kind, "kind", "") in "fi"]
        fits(bool(names) and len(value) > 0)
        changed = value.copy()
        at = names[-1]
        changed.iloc[-1, at] += 1 if changed.dtypes.iloc[at].kind == "i" else 1e-6
        return changed
    if isinstance(value, dict):
        keys = [key for key, item in value.items() if isinstance(item, (int, float))]
        fits(bool(keys))
        return {**value, keys[-1]: value[keys[-1]] + 1}
    fits(isinstance(value, str))
    return value + "x"


def one_missing(value):
    """A missing value in place of the first number."""
    if is_array(value):
        fits(value.dtype.kind == "f" and value.size > 0)
        changed = value.copy()
        changed.flat[0] = float("nan")
        return changed
    fits(is_frame(value))
    names = [at for at, kind in enumerate(value.dtypes) if getattr(kind, "kind", "") == "f"]
    fits(bool(names) and len(value) > 0)
    changed = value.copy()
    changed.iloc[0, names[0]] = float("nan")
    return changed


def not_fitted(value):
    fits(hasattr(value, "get_params") and hasattr(value, "fit"))
    from sklearn.base import clone

    return clone(value)


def attribute_changed(value):
    """The first fitted array of an estimator, by a millionth."""
    fits(hasattr(value, "get_params"))
    changed = copy.deepcopy(value)
    steps = [step for _, step in changed.steps] if hasattr(changed, "steps") else [changed]
    for step in steps[::-1]:
        for name, item in vars(step).items():
            if name.endswith("_") and is_array(item) and item.dtype.kind == "f" and item.size > 0:
                setattr(step, name, item * (1 + 1e-6) + 1e-6)
                return changed
    fits(False)


def other_container(value):
    if type(value) is list:
        return tuple(value)
    if type(value) is tuple:
        return list(value)
    fits(type(value).__name__ == "Series")
    return value.to_numpy()


def copied(value):
    """Another object: whoever held the old one no longer sees what happens to it."""
    fits(not isinstance(value, (int, float, str, bool, type(None), tuple)) and not callable(value))
    return copy.deepcopy(value)


WAYS = [
    floats_shorter, ints_as_floats, last_column_dropped, column_renamed, columns_reversed, rows_reversed, last_row_dropped, index_reset,
    one_element_changed, one_missing, not_fitted, attribute_changed, other_container, copied,
]


def fitting(value) -> list:
    """The names of the ways that fit a value."""
    found = []
    for way in WAYS:
        try:
            way(value)
        except DoesNotFitError:
            continue
        except Exception:  # then it breaks the stage, as it would in a mutant
            pass
        found.append(way.__name__)
    return found
