"""Values as plain structures of tuples, texts, numbers and arrays, which can be written down and compared.

Nothing of the proof is used here: who judges it must not be it. What has no content that can be known (a figure, a
connection, a function's code) is `OPAQUE`, which is neither equal nor different.
"""

from __future__ import annotations

import collections
import datetime
import enum
import functools
import io
import itertools
import pathlib
import random
import re
import types

OPAQUE = ("opaque",)
DEEPEST = 60
MOST_PARTS = 300_000
#: So many items of an iterator are asked for.
MOST_ITEMS = 1000
#: How often a tree for neighbours was asked is no part of it: positions in its state.
COUNTERS = {"KDTree64", "KDTree32", "KDTree", "BallTree64", "BallTree32", "BallTree"}
DRAWN = ("matplotlib", "seaborn", "mpl_toolkits", "PIL")


#: What is no more than a number or a text, and how one is had whose class the notebook derived from these.
PLAIN = {int: int.__int__, float: float.__float__, str: str.__str__}


class TooMuchError(Exception):
    """The value has more parts than can be compared here."""


class Reader:
    """Reads one value; what it holds several times is read several times."""

    def __init__(self) -> None:
        self._open: list = []
        self._count = 0

    def read(self, value: object) -> tuple:
        self._count += 1
        if self._count > MOST_PARTS:
            raise TooMuchError
        if isinstance(value, enum.Enum):
            return ("scalar", type(value).__name__, f"{value.name} {value.value!r}")
        if type(value).__module__.split(".")[0] not in ("builtins", "numpy"):
            base = next((kind for kind in PLAIN if isinstance(value, kind)), None)
            if base is not None:
                return ("scalar", type(value).__name__, PLAIN[base](value), self.read(getattr(value, "__dict__", {})))
        if value is None or isinstance(value, (bool, int, float, complex, str, bytes, range, datetime.timedelta)):
            return ("scalar", type(value).__name__, value)
        if any(one is value for one in self._open) or len(self._open) > DEEPEST:
            return ("again",)
        self._open.append(value)
        try:
            return self._inside(value)
        finally:
            self._open.pop()

    def _inside(self, value: object) -> tuple:
        library = type(value).__module__.split(".")[0]
        special = {"numpy": self._numpy, "pandas": self._pandas, "torch": self._torch}.get(library)
        found = special(value) if special else None
        return found or self._python(value)

    def _all(self, values: object) -> tuple:
        return tuple(self.read(one) for one in values)

    def _numpy(self, value: object) -> tuple | None:
        import numpy as np

        if isinstance(value, np.generic):
            return ("array", str(value.dtype), "scalar", np.array(value))
        if isinstance(value, np.ma.MaskedArray):
            return ("masked", self.read(np.asarray(value.filled())), self.read(np.ma.getmaskarray(value)))
        if isinstance(value, np.ndarray) and value.dtype.hasobject:
            return ("objects", value.shape, self._all(value.ravel().tolist()))
        if isinstance(value, np.ndarray):
            return ("array", str(value.dtype), value.shape, np.array(value, order="C"))
        if isinstance(value, np.dtype):
            return ("scalar", "dtype", str(value))
        if isinstance(value, np.random.Generator):
            return ("stream", self.read(value.bit_generator.state))
        if isinstance(value, np.random.RandomState):
            return ("stream", self.read(value.get_state(legacy=False)))
        return None

    def _pandas(self, value: object) -> tuple | None:
        import pandas as pd

        if isinstance(value, pd.DataFrame):
            columns = tuple(self._column(value.iloc[:, at]) for at in range(value.shape[1]))
            return ("frame", self.read(value.columns), self.read(value.index), columns, self.read(value.attrs))
        if isinstance(value, pd.Series):
            return ("series", self.read(value.name), self.read(value.index), self._column(value))
        if isinstance(value, pd.MultiIndex):
            return ("index", self.read(list(value.names)), self._all(value.tolist()))
        if isinstance(value, pd.Index):
            return ("index", self.read(value.name), self._column(value))
        if isinstance(value, pd.api.extensions.ExtensionArray):
            return ("column", str(value.dtype), self._all(value.astype(object).tolist()))
        if isinstance(value, pd.core.groupby.GroupBy):
            groups = {repr(key): list(rows) for key, rows in value.indices.items()}
            return ("groups", self.read(groups))
        if hasattr(value, "isoformat") or type(value).__name__ in ("NAType", "Interval", "Period"):
            return ("scalar", type(value).__name__, str(value))
        return None

    def _column(self, value: object) -> tuple:
        kind = str(value.dtype)
        if kind == "category":
            categories = value.cat.categories if hasattr(value, "cat") else value.categories
            ordered = value.cat.ordered if hasattr(value, "cat") else value.ordered
            return ("category", ordered, self.read(categories), self._all(value.astype(object).tolist()))
        array = value.to_numpy()
        if array.dtype.hasobject:
            return ("objects", kind, self._all(array.tolist()))
        return ("array", kind, array.shape, array.copy())

    def _torch(self, value: object) -> tuple | None:
        import torch

        if isinstance(value, (torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler)):
            # What torch itself saves of it; attributes beside are hooks and names for its profiler.
            return ("object", type(value).__name__, self.read(value.state_dict()))
        if hasattr(value, "detach") and hasattr(value, "numpy"):
            return ("tensor", str(value.dtype), bool(value.requires_grad), self.read(value.detach().cpu().numpy()))
        return None

    def _python(self, value: object) -> tuple:
        if type(value).__name__ == "SList":
            # The lines that a command printed: a project has them as a list, where nobody asks for more.
            return ("items", "list", self._all(value), ())
        if isinstance(value, (list, tuple, collections.deque)):
            fields = vars(value) if hasattr(value, "__dict__") and type(value).__module__ == "__main__" else {}
            return ("items", type(value).__name__, self._all(value), self.read(fields) if fields else ())
        if isinstance(value, (set, frozenset)):
            return ("set", type(value).__name__, tuple(sorted(self._all(value), key=repr)))
        if isinstance(value, dict):
            return ("dict", type(value).__name__, tuple((self.read(k), self.read(v)) for k, v in dict.items(value)))
        if isinstance(value, (datetime.date, datetime.time, pathlib.PurePath, re.Pattern)):
            return ("scalar", type(value).__name__, str(value))
        if isinstance(value, random.Random):
            return ("stream", self.read(value.getstate()))
        if isinstance(value, io.StringIO):
            return ("buffer", "closed" if value.closed else value.getvalue())
        if isinstance(value, functools.partial):
            return ("partial", self.read(value.func), self._all(value.args), self.read(value.keywords))
        if isinstance(value, types.MethodType):
            return ("method", value.__func__.__name__, self.read(value.__self__))
        if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.ModuleType)):
            return ("named", type(value).__name__, value.__name__.split(".")[-1])
        if isinstance(value, type):
            return self._class(value)
        if isinstance(value, io.IOBase) or type(value).__module__.split(".")[0] in DRAWN:
            return OPAQUE
        if hasattr(type(value), "__next__"):
            return ("iterator", self._all(itertools.islice(value, MOST_ITEMS)))
        return self._object(value)

    def _class(self, value: type) -> tuple:
        """The data of a class that the notebook defined."""
        if value.__module__.split(".")[0] in ("builtins", "numpy", "pandas", "sklearn", "scipy"):
            return ("named", "class", value.__name__)
        data = {
            name: one
            for name, one in vars(value).items()
            if not name.startswith("_") and not callable(one) and not hasattr(type(one), "__get__")
        }
        return ("class", value.__name__, self.read(data))

    def _object(self, value: object) -> tuple:
        members = {name: one for name, one in getattr(value, "__dict__", {}).items() if name != "_cache"}
        for kind in type(value).__mro__:
            for name in (slots,) if isinstance(slots := vars(kind).get("__slots__", ()), str) else slots:
                if hasattr(value, name) and name not in ("__dict__", "__weakref__"):
                    members[name] = getattr(value, name)
        if members:
            content = self.read(dict(sorted(members.items())))
            return ("object", type(value).__name__, content)
        try:
            _, arguments, *state = value.__reduce_ex__(4)[:3]
            if type(value).__name__ in COUNTERS:
                state = [state[0][:7], state[0][11:]]
        except Exception:  # how a value refuses is its own choice
            return OPAQUE
        return ("object", type(value).__name__, self._all(one for one in arguments if not isinstance(one, type)), self._all(state))


def plain(value: object) -> tuple:
    """What a value is; `OPAQUE` where that cannot be known, or is too much."""
    try:
        return Reader().read(value)
    except Exception:  # a value may raise whatever it wants when it is looked at
        return OPAQUE
