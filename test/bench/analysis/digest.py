"""A short text for what a value is, the same in every process, so that two runs can be compared name by name."""

import hashlib
import types
from typing import Any

import numpy as np
import pandas as pd

DEEPEST = 8
MOST_ITEMS = 20_000


def digest(value: Any) -> str:
    seen: dict[int, tuple[int, Any]] = {}
    return hashlib.blake2b(_text(value, seen, 0).encode("utf8", "surrogatepass"), digest_size=9).hexdigest()


def of_globals(namespace: dict[str, Any], hidden: set[str]) -> dict[str, str]:
    """Every name that the notebook bound; modules are the same wherever they are imported."""
    return {
        name: digest(value)
        for name, value in list(namespace.items())
        if not name.startswith("_") and name not in hidden and not isinstance(value, types.ModuleType)
    }


def _text(value: Any, seen: dict[int, tuple[int, Any]], depth: int) -> str:
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        return f"{type(value).__name__}:{value!r}"
    if depth > DEEPEST:
        return f"deep {type(value).__name__}"
    if id(value) in seen:
        return f"again {seen[id(value)][0]}"
    # Kept, so that nothing made later has its id: a column is made anew each time that it is asked for.
    seen[id(value)] = (len(seen), value)
    below = depth + 1
    if isinstance(value, np.ndarray):
        body = [_text(one, seen, below) for one in value.ravel()] if value.dtype == object else _sum(value.tobytes())
        return f"array {value.dtype} {value.shape} {body}"
    if isinstance(value, np.generic):
        return f"{value.dtype}:{value!r}"
    if isinstance(value, pd.DataFrame):
        columns = [_text(value.iloc[:, at], seen, below) for at in range(value.shape[1])]
        return f"frame {list(map(repr, value.columns))} {columns}"
    if isinstance(value, pd.Series):
        return f"series {value.name!r} {value.dtype} {_text(value.to_numpy(), seen, below)} {_text(value.index, seen, below)}"
    if isinstance(value, pd.Index):
        return f"index {list(map(repr, value.names))} {value.dtype} {_text(value.to_numpy(), seen, below)}"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__} {len(value)} {[_text(one, seen, below) for one in value[:MOST_ITEMS]]}"
    if isinstance(value, (set, frozenset)):
        return f"set {sorted(digest(one) for one in value)}"
    if isinstance(value, dict):
        return f"{type(value).__name__} {[(_text(key, seen, below), _text(one, seen, below)) for key, one in list(value.items())]}"
    if isinstance(value, types.FunctionType):
        return f"function {value.__name__} {_code(value.__code__)} {_text(value.__defaults__, seen, below)}"
    if isinstance(value, (types.BuiltinFunctionType, types.MethodType)):
        return f"builtin {getattr(value, '__qualname__', '')}"
    if isinstance(value, type):
        own = {name: one for name, one in vars(value).items() if isinstance(one, (types.FunctionType, int, str, float))}
        return f"class {value.__name__} {_text(own, seen, below) if value.__module__ == '__main__' else ''}"
    if isinstance(value, types.ModuleType):
        return f"module {value.__name__}"
    if type(value).__module__.startswith(("matplotlib", "_io", "torch.utils")):
        return f"opaque {type(value).__name__}"
    if type(value).__module__.startswith("torch") and hasattr(value, "detach"):
        return f"tensor {_text(value.detach().cpu().numpy(), seen, below)}"
    if isinstance(value, np.random.Generator):
        return f"generator {_text(value.bit_generator.state, seen, below)}"
    if isinstance(value, np.random.RandomState):
        return f"stream {_text(value.get_state(), seen, below)}"
    state = getattr(value, "__dict__", None)
    return f"{type(value).__qualname__} {_text(state, seen, below) if isinstance(state, dict) else ''}"


def _sum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _code(code: types.CodeType) -> str:
    constants = [_code(one) if isinstance(one, types.CodeType) else repr(one) for one in code.co_consts]
    return f"{_sum(code.co_code)} {code.co_names} {constants}"
