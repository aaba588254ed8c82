"""What a result has to do with the arguments: the same object, one that it holds, or memory that both write to."""

import collections
import sys

from attributes import attributes
from labelled_values import is_matrix, is_term, parts_of_labelled

ATOMS = (int, float, complex, bool, str, bytes, type(None), type, range, slice, frozenset)


def is_mutable(value):
    """Whether a value of this type can be changed in place, as far as a notebook would."""
    if isinstance(value, tuple):
        return any(is_mutable(item) for item in value)
    if isinstance(value, ATOMS) or callable(value) and not hasattr(value, "__dict__"):
        return False
    kind = type(value)
    if kind.__module__ in ("datetime", "decimal", "fractions", "re", "pathlib", "uuid", "types", "builtins") and kind.__name__ not in (
        "list", "dict", "set", "bytearray", "Context", "SimpleNamespace",
    ):
        return kind.__name__.endswith("iterator") or kind.__name__ in ("generator", "zip", "map", "filter", "enumerate", "reversed")
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, (numpy.generic, numpy.dtype, numpy.ufunc)):
        return False
    pandas = sys.modules.get("pandas")
    if pandas is not None and hasattr(pandas, "Index"):
        # An index can be renamed, nothing else: it counts as the fixed thing that it is used as.
        if isinstance(value, (pandas.Index, pandas.Timestamp, pandas.Timedelta, pandas.Period, pandas.Interval, pandas.DateOffset)):
            return False
        if value is pandas.NaT or value is pandas.NA or isinstance(value, pandas.api.extensions.ExtensionDtype):
            return False
    torch = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "dtype") and isinstance(value, (torch.dtype, torch.device, torch.Size)):
        return False
    sql = sys.modules.get("sqlalchemy")
    if sql is not None and isinstance(value, sql.sql.ClauseElement) and not isinstance(value, (sql.Table, sql.Column)):
        # Each step of a query is a new one.
        return False
    if is_term(value):
        return False
    tensorflow = sys.modules.get("tensorflow")
    return tensorflow is None or not isinstance(value, (tensorflow.Tensor, tensorflow.TensorShape, tensorflow.DType, tensorflow.TypeSpec))


def parts(value, depth=4, limit=4000):
    """The mutable objects that can be reached from a value, itself first."""
    seen, order, queue = set(), [], collections.deque([(value, 0)])
    while queue and len(order) < limit:
        item, level = queue.popleft()
        if id(item) in seen or isinstance(item, ATOMS) or level > 0 and not is_mutable(item):
            continue
        seen.add(id(item))
        order.append(item)
        if level < depth:
            queue.extend((child, level + 1) for child in children(item))
    return order


def children(value):
    module = type(value).__module__
    labelled = parts_of_labelled(value)
    if labelled is not None:
        return labelled
    if isinstance(value, dict):
        found = [*value.values()]
    elif isinstance(value, (list, tuple, set)):
        found = [*value]
    else:
        found = []
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.ndarray):
        return [*(value.ravel().tolist() if value.dtype.hasobject else []), *([] if value.base is None else [value.base])]
    if module.split(".")[0] in ("pandas",) and hasattr(value, "dtypes") and hasattr(value, "iloc") and not hasattr(value, "obj"):
        return []
    if module.split(".")[0] in ("torch",) and hasattr(value, "data_ptr"):
        return [value.grad] if value.is_leaf and value.grad is not None else []
    if module.split(".")[0] in ("polars", "sqlite3"):
        return []
    bound = getattr(value, "__self__", None)
    if bound is not None and not isinstance(bound, type) and module == "builtins":
        found.append(bound)
    if type(value).__name__ in ("list_iterator", "zip", "map", "filter", "enumerate", "list_reverseiterator", "dict_values", "dict_items", "dict_keys"):
        try:
            found.extend(value.__reduce__()[1])
        except Exception:
            pass
    if module not in ("builtins",):
        found.extend((attributes(value) or {}).values())
    elif type(value).__name__ == "function":
        found.extend(cell.cell_contents for cell in value.__closure__ or () if filled(cell))
    return found


def filled(cell):
    try:
        cell.cell_contents
    except ValueError:
        return False
    return True


def scribble(value):
    """Writes into everything mutable that a value consists of; True where something could be written."""
    wrote = False
    for part in parts(value, depth=3, limit=200):
        try:
            wrote = scribble_one(part) or wrote
        except Exception:
            continue
    return wrote


def scribble_one(value):
    if type(value) is list:
        value.append("scribbled")
        return True
    if type(value) is dict:
        value["scribbled"] = 1
        return True
    if type(value) is set:
        value.add("scribbled")
        return True
    if type(value) is bytearray:
        value.append(7)
        return True
    pandas = sys.modules.get("pandas")
    if pandas is not None and hasattr(pandas, "DataFrame"):
        if isinstance(value, pandas.DataFrame):
            for at in range(value.shape[1]):
                if len(value) > 0:
                    value.iloc[0, at] = other(value.iloc[0, at], value.iloc[:, at])
            return value.size > 0
        if isinstance(value, pandas.Series):
            if len(value) == 0:
                return False
            value.iloc[0] = other(value.iloc[0], value)
            return True
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.ndarray):
        if value.size == 0 or not value.flags.writeable:
            return False
        first = (0,) * value.ndim
        if value.dtype.names:
            value[first] = numpy.ones(1, value.dtype)[0]
        elif value.dtype == bool:
            value[...] = ~value
        elif value.dtype.kind in "iufc":
            value[...] = value + numpy.asarray(1, value.dtype)
            value[numpy.isnan(value) if value.dtype.kind in "fc" else numpy.zeros(value.shape, bool)] = 77
        elif value.dtype.kind in "US":
            value[first] = "~"
        elif value.dtype.kind in "mM":
            value[first] = value[first] + numpy.timedelta64(1, "D")
        else:
            value[first] = "scribbled"
        return True
    torch = sys.modules.get("torch")
    if torch is not None and hasattr(torch, "Tensor") and isinstance(value, torch.Tensor):
        with torch.no_grad():
            value.logical_not_() if value.dtype == torch.bool else value.add_(1)
        return True
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None and isinstance(value, tensorflow.Variable):
        value.assign(tensorflow.logical_not(value) if value.dtype == tensorflow.bool else value + tensorflow.cast(1, value.dtype))
        return True
    if is_matrix(value):
        value[0, 0] = value[0, 0] + 1
        return True
    sparse = sys.modules.get("scipy.sparse")
    if sparse is not None and sparse.issparse(value) and hasattr(value, "data"):
        value.data[:] = value.data + 1
        return True
    return False


def other(item, column):
    """Another value of the same type, so that writing it makes no new memory."""
    if isinstance(item, (bool,)) or type(item).__name__ in ("bool_", "bool"):
        return not item
    if isinstance(item, str):
        kinds = [one for one in column.unique() if isinstance(one, str) and one != item]
        return kinds[0] if kinds else item + "~"
    if hasattr(item, "year") or type(item).__name__ in ("Timestamp", "Timedelta"):
        import datetime

        return item + datetime.timedelta(days=1)
    return 77 if item != item else item + 1
