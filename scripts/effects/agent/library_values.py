"""How values of libraries are written into a fingerprint. Each function says whether the value is its own."""

import pickle
import sys

from attributes import attributes
from writing import ATOMS, Opaque


def arrays(writer, value, depth):
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return False
    if isinstance(value, numpy.ndarray):
        writer.text(value.dtype, value.shape)
        if isinstance(value, numpy.ma.MaskedArray):
            writer.write(numpy.asarray(value.filled(0)), depth)
            writer.write(numpy.ma.getmaskarray(value), depth)
        elif value.dtype.hasobject:
            writer.each(value.ravel().tolist(), depth)
        else:
            writer.hash.update(numpy.ascontiguousarray(value).tobytes())
        return True
    if isinstance(value, (numpy.generic, numpy.dtype)):
        writer.text(repr(value))
        return True
    if isinstance(value, numpy.random.Generator):
        writer.write(value.bit_generator.state, depth)
        return True
    if isinstance(value, numpy.random.RandomState):
        writer.write(value.get_state(), depth)
        return True
    if isinstance(value, numpy.random.BitGenerator):
        writer.write(value.state, depth)
        return True
    return False


HANDLES = ("pandas.core.groupby", "pandas.core.window", "pandas.core.resample", "pandas.core.strings", "pandas.core.indexes.accessors", "pandas.core.arrays.categorical.CategoricalAccessor", "pandas.plotting")


def tables(writer, value, depth):
    pandas = sys.modules.get("pandas")
    if pandas is None or not hasattr(pandas, "DataFrame"):
        return False
    if isinstance(value, pandas.DataFrame):
        writer.write(value.columns, depth)
        writer.write(value.index, depth)
        for at in range(value.shape[1]):
            writer.write(value.iloc[:, at].array, depth)
        writer.text(value.attrs)
        return True
    if isinstance(value, pandas.Series):
        writer.text(value.name, value.attrs)
        writer.write(value.index, depth)
        writer.write(value.array, depth)
        return True
    if isinstance(value, pandas.MultiIndex):
        writer.text(list(value.names), list(value))
        return True
    if isinstance(value, pandas.Index):
        writer.text(value.name, value.dtype)
        writer.write(value.array, depth)
        return True
    if type(value).__name__ == "CategoricalAccessor":
        writer.write(value._parent, depth)
        return True
    if isinstance(value, pandas.api.extensions.ExtensionArray):
        writer.text(str(value.dtype), [repr(item) for item in value])
        return True
    if type(value).__module__.startswith(HANDLES):
        # Such objects remember much that they have computed; what they stand for is the table and their options.
        writer.each([getattr(value, name, None) for name in ("obj", "_orig", "_parent", "_data")], depth)
        writer.text(sorted((name, item) for name, item in vars(value).items() if isinstance(item, ATOMS) and not name.startswith("_")))
        return True
    if type(value).__module__.startswith("pandas._libs") or type(value).__module__.startswith("pandas.core.dtypes"):
        writer.text(repr(value))
        return True
    return False


def sparse(writer, value, depth):
    scipy = sys.modules.get("scipy.sparse")
    if scipy is None or not scipy.issparse(value):
        return False
    coo = value.tocoo()
    writer.text(value.format, value.shape)
    writer.each([coo.row, coo.col, coo.data], depth)
    return True


def tensors(writer, value, depth):
    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "Tensor"):
        return False
    if isinstance(value, torch.Tensor):
        writer.text(value.dtype, tuple(value.shape), value.requires_grad)
        data = value.detach()
        writer.text(data.to_dense().tolist() if data.layout != torch.strided else data.cpu().flatten().tolist() if data.dtype != torch.bfloat16 else data.float().tolist())
        if value.is_leaf and value.grad is not None:
            writer.write(value.grad, depth)
        if isinstance(getattr(value, "__dict__", None), dict) and value.__dict__:
            writer.pairs(sorted(value.__dict__.items()), depth)
        return True
    if isinstance(value, torch.Generator):
        writer.text(value.get_state().tolist())
        return True
    if isinstance(value, (torch.dtype, torch.device, torch.Size)):
        writer.text(str(value))
        return True
    return False


def tensorflow_values(writer, value, depth):
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is None or not hasattr(tensorflow, "Variable"):
        return False
    if isinstance(value, (tensorflow.Tensor, tensorflow.Variable)):
        writer.text(type(value).__name__, value.dtype.name, str(value.shape))
        if not hasattr(value, "numpy"):
            raise Opaque("a symbol")
        writer.write(value.numpy(), depth)
        return True
    if isinstance(value, (tensorflow.data.Dataset, tensorflow.TensorShape, tensorflow.DType, tensorflow.TypeSpec)):
        writer.text(repr(value))
        return True
    return False


def connected(writer, value, depth):
    """What is a handle of something outside: what Python knows of it, and the content of a database where it is ours."""
    library, name = type(value).__module__.split(".")[0], type(value).__name__
    if library == "requests" and name == "Response":
        writer.text(value.status_code, value.url, sorted(value.headers.items()), value.content, value.encoding)
    elif library == "requests" and name == "Session":
        writer.text(sorted(value.headers.items()), value.auth, value.params, value.verify, sorted(value.cookies.items()), sorted(value.adapters))
    elif library == "requests" and hasattr(value, "headers") and hasattr(value, "method"):
        writer.text(value.method, value.url, sorted((value.headers or {}).items()), repr(getattr(value, "body", None)))
    elif library in ("requests", "urllib3", "http"):
        writer.text(name)
    elif library == "sqlalchemy" and writer.plain:
        raise Opaque("more than data")
    elif library == "sqlalchemy":
        database(writer, value, name)
    else:
        return False
    return True


def database(writer, value, name):
    writer.text(name)
    if name == "Engine":
        writer.text(str(value.url), *(value.raw_connection().driver_connection.iterdump() if value.dialect.name == "sqlite" else ()))
    elif name == "Connection":
        writer.text(value.closed, value.in_transaction())
        if not value.closed:
            writer.text(*value.connection.driver_connection.iterdump())
    elif name in ("Session", "scoped_session"):
        writer.text(sorted(map(repr, value.new)), sorted(map(repr, value.dirty)), sorted(map(repr, value.deleted)), len(value.identity_map), value.in_transaction())
    elif name == "MetaData":
        writer.text(sorted(map(repr, value.tables.values())))
    elif name in ("CursorResult", "ScalarResult", "MappingResult", "IteratorResult", "ChunkedIteratorResult"):
        # How far it was read is in the cursor; reading it to see would read it.
        raise Opaque("an open result")
    else:
        writer.text(repr(value))


def described(writer, value, depth):
    """Libraries whose objects live outside Python, each with a way to say all that it knows."""
    name = type(value).__module__.split(".")[0]
    if name == "polars" and writer.plain and not hasattr(value, "to_list") and not hasattr(value, "columns"):
        raise Opaque("more than data")
    if name == "polars":
        if hasattr(value, "to_dict") and hasattr(value, "columns"):
            writer.text(value.to_dict(as_series=False), str(value.schema))
        elif hasattr(value, "to_list") and hasattr(value, "dtype"):
            writer.text(value.name, str(value.dtype), value.to_list())
        elif hasattr(value, "explain"):
            writer.text(value.explain(optimized=False))
        else:
            writer.text(str(value))
        return True
    if name == "xgboost" and type(value).__name__ == "Booster":
        writer.text(bytes(value.save_raw("json")))
        return True
    if name == "xgboost" and hasattr(value, "num_row") and hasattr(value, "get_label"):
        writer.text(value.num_row(), value.num_col(), value.get_label().tolist(), value.get_weight().tolist(), value.feature_names)
        return True
    if name == "lightgbm" and type(value).__name__ == "Booster":
        writer.text(value.model_to_string())
        return True
    if name == "sqlite3" and type(value).__name__ == "Connection":
        writer.text(value.total_changes, value.in_transaction, list(value.iterdump()), str(value.row_factory))
        return True
    if name == "sqlite3":
        writer.text(value.rowcount, value.lastrowid, str(value.description)) if hasattr(value, "rowcount") else writer.text(repr(value))
        return True
    if name in ("re", "decimal", "datetime", "pathlib", "fractions", "uuid", "zoneinfo", "_hashlib", "builtins") and not isinstance(value, (list, dict, set)):
        if name == "_hashlib":
            writer.text(value.hexdigest())
            return True
        if name == "builtins" and not isinstance(value, BaseException):
            return False
        writer.text(repr(value))
        return True
    if name == "random":
        writer.write(value.getstate(), depth)
        return True
    if name == "plotly" and hasattr(value, "to_plotly_json"):
        writer.text(repr(value.to_plotly_json()))
        return True
    if name == "PIL" and hasattr(value, "tobytes"):
        writer.text(value.mode, value.size, value.tobytes(), value.info)
        return True
    if name in ("pyarrow", "duckdb", "tokenizers"):
        writer.text(repr(value))
        return True
    if name in ("sklearn", "scipy") and attributes(value) is None:
        writer.text(pickle.dumps(value))
        return True
    return False
