"""Fingerprints of what a call is given, and views of it that were there before."""

import contextlib
import io
import sys

from fingerprint import fingerprint
from writing import Opaque


def print_of(value, plain=False):
    try:
        return fingerprint(value, plain)
    except (Opaque, RecursionError):
        return None
    except Exception:
        return None


def prints(values):
    return {key: print_of(value) for key, value in values.items()}


def view_of(value):
    """Something that shares a sample's memory before the call."""
    numpy, pandas = sys.modules.get("numpy"), sys.modules.get("pandas")
    with contextlib.suppress(Exception):
        if pandas is not None and isinstance(value, pandas.DataFrame):
            return value.iloc[:, :]
        if pandas is not None and isinstance(value, pandas.Series):
            return value.iloc[:]
        if numpy is not None and isinstance(value, numpy.ndarray):
            return value[...]
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return value.detach().view(-1)
    return None


@contextlib.contextmanager
def quiet():
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield
