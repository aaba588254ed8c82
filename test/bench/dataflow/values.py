"""Values as texts that are equal for equal values."""

import collections
import functools
import hashlib
import inspect
import io
import itertools
import random
import types

import noted
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg

#: So many items of an iterator are asked for.
MOST_ITEMS = 100
DEEPEST = 40
#: Where statsmodels keeps results that it was asked for: nothing depends on whether they are there.
ASKED = {"_cache"}


class Seen(dict):
    """Which objects were met, by their numbers; and which entries of which objects are no part of the value."""

    def __init__(self, value):
        super().__init__()
        self.left_out = noted.places(value)

    def entries(self, owner):
        """The attributes of an object or the entries of a dict."""
        if isinstance(owner, dict):
            members = dict.items(owner)
        else:
            members = [pair for pair in getattr(owner, "__dict__", {}).items() if not is_remembered(type(owner), pair[0])]
        return [(name, one) for name, one in members if not self.left_out or (id(owner), name) not in self.left_out]


def is_remembered(kind, name):
    """Whether a library's object only remembers what can be computed again: nothing depends on whether it is there."""
    is_library = kind.__module__ not in ("__main__", "builtins")
    return is_library and isinstance(inspect.getattr_static(kind, name, None), functools.cached_property)


def describe_all(names, namespace):
    """What each name holds; iterators come last, because to look at one is to use it up."""
    present = [name for name in names if name in namespace]
    late = [name for name in present if hasattr(type(namespace[name]), "__next__")]
    texts = {name: told(namespace[name]) for name in [*(one for one in present if one not in late), *late]}
    return {name: text for name, text in texts.items() if text is not None}


def told(value):
    """As `describe`; what refuses to be looked into (a pool of threads, a stream of the system) is no data either."""
    try:
        return describe(value)
    except (AttributeError, NotImplementedError, RuntimeError, TypeError, ValueError):
        return None


def describe(value):
    """A value as text; `None` for modules, classes of libraries and others that are no data."""
    if isinstance(value, (types.ModuleType, types.BuiltinFunctionType)) or (is_drawn(value) and not has_figure(value)):
        return None
    text = text_of(value, Seen(value), 0)
    return text if len(text) < 500 else f"{text[:200]}...{hashlib.sha256(text.encode()).hexdigest()}"


def is_drawn(value):
    return type(value).__module__.split(".")[0] in ("matplotlib", "seaborn", "mpl_toolkits")


def has_figure(value):
    return getattr(getattr(value, "figure", None), "canvas", None) is not None


def picture(figure):
    """What a figure looks like: what else its objects hold differs from run to run."""
    own = figure.canvas
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    figure.set_canvas(own)
    return f"picture {hashlib.sha256(canvas.buffer_rgba()).hexdigest()}"


def text_of(value, seen, depth):
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes, range, np.generic)):
        return repr(value)
    if isinstance(value, np.ndarray) and value.dtype != object:
        return f"array {value.dtype}{value.shape}{value.tolist()}"
    if isinstance(value, pd.DataFrame):
        return f"table {value.to_dict('split')} {dict(value.dtypes.astype(str))} {value.attrs}"
    if isinstance(value, pd.Series):
        return f"column {value.name} {value.dtype} {value.to_dict() if value.index.is_unique else list(value.items())}"
    if isinstance(value, pd.Index):
        return f"index {value.dtype} {list(value)}"
    if is_drawn(value):
        return f"{type(value).__name__} {picture(value.figure) if has_figure(value) else ''}"
    if id(value) in seen:
        return f"#{seen[id(value)]}"
    if depth > DEEPEST:
        return "..."
    seen[id(value)] = len(seen)
    inner = lambda one: text_of(one, seen, depth + 1)  # noqa: E731
    if isinstance(value, (set, frozenset)):
        return f"{type(value).__name__}{sorted(text_of(one, Seen(one), 0) for one in value)}"
    if isinstance(value, (list, tuple, collections.deque)):
        return f"{type(value).__name__}[{', '.join(map(inner, value))}]"
    if isinstance(value, dict):
        return f"{type(value).__name__}{{{', '.join(f'{inner(key)}: {inner(one)}' for key, one in seen.entries(value))}}}"
    if isinstance(value, np.ndarray):
        return f"array object{value.shape}[{', '.join(map(inner, value.ravel().tolist()))}]"
    if value is random._inst or value is np.random.mtrand._rand:
        return "stream of the process"
    if isinstance(value, random.Random):
        return f"stream {hash(value.getstate())}"
    if isinstance(value, np.random.Generator):
        return f"stream {value.bit_generator.state}"
    if isinstance(value, np.random.RandomState):
        return f"stream {value.get_state(legacy=False)}"
    if isinstance(value, io.StringIO):
        return f"buffer {'closed' if value.closed else value.getvalue()!r}"
    if isinstance(value, io.IOBase):
        return f"file {value.closed}"
    if isinstance(value, functools.partial):
        return f"partial {inner([value.func, *value.args, value.keywords])}"
    if isinstance(value, types.MethodType):
        return f"method {value.__func__.__name__} {inner(value.__self__)}"
    if isinstance(value, types.FunctionType):
        cells = [inner(one.cell_contents) for one in value.__closure__ or () if not is_empty(one)]
        return f"function {value.__name__} {cells} {inner(value.__defaults__)} {inner(value.__kwdefaults__)}"
    if isinstance(value, type):
        members = vars(value).items() if value.__module__ == "__main__" else ()
        data = {name: one for name, one in members if not name.startswith("__") and not callable(one)}
        return f"class {value.__name__} {[(name, inner(one)) for name, one in data.items() if is_data(one)]}"
    if isinstance(value, pd.core.groupby.GroupBy):
        return f"groups {inner({repr(key): list(rows) for key, rows in value.indices.items()})} {inner(value.obj)}"
    if hasattr(type(value), "__next__"):
        return f"iterator {[inner(one) for one in itertools.islice(value, MOST_ITEMS)]}"
    if type(value).__module__.startswith("torch") and hasattr(value, "detach"):
        return f"tensor {value.dtype}{value.detach().cpu().numpy().tolist()}"
    members = {name: one for name, one in seen.entries(value) if name not in ASKED}
    if not members and type(value).__module__ not in ("__main__",):
        return plain(repr(value), value)
    return f"{type(value).__name__}({', '.join(f'{name}={inner(one)}' for name, one in sorted(members.items()))})"


def plain(text, value):
    """A representation without an address."""
    return f"some {type(value).__name__}" if " at 0x" in text else text


def is_empty(cell):
    try:
        cell.cell_contents
    except ValueError:
        return True
    return False


def is_data(value):
    return not isinstance(value, (property, staticmethod, classmethod)) and not hasattr(type(value), "__get__")
