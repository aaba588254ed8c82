"""What a value is, as a short text: equal before and after a call exactly where the call left the value alone."""

import hashlib
import inspect
import io
import pickle
import sys
import types

ATOMS = (int, float, complex, bool, str, bytes, type(None), type(Ellipsis), range, slice)
LIMIT = 60_000


class Opaque(Exception):
    """The value cannot be looked into."""


def fingerprint(value, plain=False):
    """Raises Opaque where something in it cannot be compared; with `plain`, where it is more than data."""
    writer = Writer(plain)
    writer.write(value, 0)
    return writer.hash.hexdigest()[:20]


class Writer:
    def __init__(self, plain=False):
        self.hash = hashlib.blake2b()
        self.seen = {}
        self.keep = []
        self.count = 0
        self.plain = plain

    def text(self, *parts):
        for part in parts:
            self.hash.update(repr(part).encode("utf-8", "backslashreplace") + b"\0")

    def write(self, value, depth):
        self.count += 1
        if self.count > LIMIT or depth > 60:
            raise Opaque("too large")
        if isinstance(value, ATOMS) and type(value).__module__ == "builtins":
            return self.text(type(value).__name__, value)
        if id(value) in self.seen:
            return self.text("seen", self.seen[id(value)])
        self.seen[id(value)] = len(self.seen)
        self.keep.append(value)
        self.text(type(value).__module__, type(value).__qualname__)
        for known in KNOWN:
            if known(self, value, depth + 1):
                return
        self.by_parts(value, depth + 1)

    def each(self, values, depth):
        for value in values:
            self.write(value, depth)

    def pairs(self, pairs, depth):
        for key, value in pairs:
            self.write(key, depth)
            self.write(value, depth)

    def by_parts(self, value, depth):
        if self.plain:
            raise Opaque("more than data")
        state = attributes(value)
        if state is not None:
            kept = [pair for pair in state.items() if not is_cache(type(value), str(pair[0]))]
            self.pairs(sorted(kept, key=lambda pair: str(pair[0])), depth)
            if isinstance(value, (list, tuple)):
                self.each(value, depth)
            elif isinstance(value, dict):
                self.pairs(value.items(), depth)
            return
        try:
            reduced = value.__reduce_ex__(4)
        except Exception as error:
            raise Opaque(f"{type(value).__name__}: {error}") from None
        if isinstance(reduced, str):
            return self.text(reduced)
        rest = [list(part) if isinstance(part, types.GeneratorType) or hasattr(part, "__next__") else part for part in reduced[1:]]
        self.each(rest, depth)


def is_cache(kind, name):
    """Whether an attribute only remembers what can be computed again."""
    return "cache" in name or type(inspect.getattr_static(kind, name, None)).__name__ in ("cached_property", "CachedProperty")


def attributes(value):
    """The attributes that an object keeps; None where it keeps them out of sight."""
    state = getattr(value, "__dict__", None)
    slots = {}
    for owner in type(value).__mro__:
        names = owner.__dict__.get("__slots__", ())
        for name in (names,) if isinstance(names, str) else names:
            if name not in ("__dict__", "__weakref__"):
                mangled = f"_{owner.__name__.lstrip('_')}{name}" if name.startswith("__") and not name.endswith("__") else name
                try:
                    slots[name] = object.__getattribute__(value, mangled)
                except AttributeError:
                    pass
    if state is None and not slots:
        return None if type(value).__reduce_ex__ is not object.__reduce_ex__ or type(value).__flags__ & (1 << 9) == 0 else {}
    return {**slots, **(dict(state) if isinstance(state, dict) else {})}


def containers(writer, value, depth):
    kind = type(value)
    if kind in (list, tuple):
        writer.each(value, depth)
    elif kind is dict:
        writer.pairs(value.items(), depth)
    elif kind in (set, frozenset):
        parts = []
        for item in value:
            part = Writer(writer.plain)
            part.write(item, depth)
            parts.append(part.hash.hexdigest())
        writer.text(sorted(parts))
    elif kind is bytearray:
        writer.text(bytes(value))
    else:
        return False
    return True


def code(writer, value, depth):
    if isinstance(value, (types.ModuleType, types.BuiltinFunctionType, type, types.CodeType, types.MethodDescriptorType)):
        writer.text(getattr(value, "__name__", "code"))
    elif isinstance(value, types.FunctionType):
        writer.text(value.__qualname__)
        writer.each([cell.cell_contents for cell in value.__closure__ or () if cell_filled(cell)], depth)
    elif isinstance(value, types.MethodType):
        writer.text(value.__func__.__qualname__)
        writer.write(value.__self__, depth)
    elif isinstance(value, types.GeneratorType):
        frame = value.gi_frame
        writer.text("ended" if frame is None else frame.f_lasti)
    elif type(value).__module__ in ("_weakref", "weakref", "_thread", "threading"):
        writer.text("reference")
    else:
        return False
    return True


def cell_filled(cell):
    try:
        cell.cell_contents
    except ValueError:
        return False
    return True


def files(writer, value, depth):
    if isinstance(value, (io.StringIO, io.BytesIO)):
        writer.text(value.closed or (value.getvalue(), value.tell()))
    elif isinstance(value, io.IOBase):
        writer.text(value.closed, None if value.closed or not value.seekable() else value.tell())
    else:
        return False
    return True


def iterators(writer, value, depth):
    name = type(value).__name__
    if type(value).__module__ == "builtins" and (name.endswith("iterator") or name in ("zip", "map", "filter", "enumerate", "reversed")):
        try:
            writer.each(value.__reduce__()[1:], depth)
        except Exception as error:
            raise Opaque(str(error)) from None
        return True
    return False


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


def figures(writer, value, depth):
    matplotlib = sys.modules.get("matplotlib.artist")
    if matplotlib is None:
        return False
    if writer.plain and type(value).__module__.startswith("matplotlib"):
        raise Opaque("more than data")
    if isinstance(value, matplotlib.Artist):
        for artist in value.findobj() if hasattr(value, "findobj") else [value]:
            writer.text(type(artist).__name__, artist.get_visible(), artist.get_alpha(), artist.get_label())
            for name in ("get_xlim", "get_ylim", "get_xscale", "get_yscale", "get_text", "get_linestyle", "get_facecolor", "get_edgecolor", "get_color", "get_size_inches", "get_dpi", "get_position", "get_fontsize", "get_rotation", "get_linewidth", "get_axisbelow", "get_aspect", "get_autoscale_on", "get_zorder"):
                get = getattr(artist, name, None)
                if get is not None:
                    try:
                        writer.text(str(get()))
                    except Exception:
                        pass
            for name in ("get_xdata", "get_ydata", "get_array", "get_offsets"):
                get = getattr(artist, name, None)
                if get is not None:
                    try:
                        writer.write(get(), depth)
                    except Exception:
                        pass
        return True
    if type(value).__module__.startswith("matplotlib"):
        writer.text(type(value).__name__)
        return True
    return False


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


KNOWN = (containers, code, files, iterators, arrays, tables, sparse, tensors, figures, described)
