"""python -m oracle REQUEST.json: runs one stage and says, in its own way, everything that it left.

Who judges the proof must not be the proof: here nothing of its agent is used. Each variable of the stage's function at
its return, and each value that it saved, is known by the digest of its pickle; text, pictures and files by their bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import runpy
import sys

import damage


class Plain(pickle.Pickler):
    """Arrays by their elements and tables by their columns: how they lie in memory is no value."""

    def reducer_override(self, value: object) -> object:
        kind = type(value).__name__
        if kind == "ndarray" and value.dtype.names and not value.dtype.hasobject:
            # What lies between the fields is whatever was in memory before.
            return tuple, (("record", value.dtype.str, value.shape, [(name, value[name].copy()) for name in value.dtype.names]),)
        if kind == "ndarray" and not value.dtype.hasobject:
            return tuple, ((value.dtype.str, value.shape, value.tobytes()),)
        if hasattr(value, "tocoo") and hasattr(value, "nnz"):
            listed = value.tocoo()
            order = sorted(range(listed.nnz), key=lambda at: (int(listed.row[at]), int(listed.col[at])))
            return tuple, (("sparse", kind, value.shape, listed.row[order], listed.col[order], listed.data[order]),)
        if kind in ("Tensor", "Parameter") and hasattr(value, "requires_grad"):
            return tuple, ((kind, str(value.dtype), tuple(value.shape), value.requires_grad, value.detach().cpu().numpy().tobytes()),)
        if kind == "DataFrame" and hasattr(value, "iloc"):
            columns = [value.iloc[:, at].array.copy() for at in range(value.shape[1])]
            return tuple, (("frame", list(value.columns), value.index, columns),)
        if kind == "Series" and hasattr(value, "iloc"):
            return tuple, (("series", value.name, value.index, value.array.copy()),)
        return NotImplemented


def plain_pickle(value: object) -> bytes:
    """Without a memory of what was written already: which equal parts are one object is no value either."""
    for fast in (True, False):
        with io.BytesIO() as data:
            pickler = Plain(data, 4)
            pickler.fast = fast
            try:
                pickler.dump(value)
                return data.getvalue()
            except (RecursionError, ValueError):
                if not fast:
                    raise
    raise AssertionError("the second way returns or raises")


def digest(value: object) -> str:
    drawn = pictures_of(value)
    if drawn:
        return " ".join(drawn)
    try:
        data = plain_pickle(value)
    except Exception as error:  # how a value refuses is its own choice; then its text stands for it
        data = f"{type(error).__name__} {type(value)} {vars(value).keys() if hasattr(value, '__dict__') else ''}".encode()
    return hashlib.sha256(data).hexdigest()[:16]


def pictures_of(value: object) -> list:
    """What is drawn on a figure, or on that of a part of one, is known by the picture."""
    if type(value).__name__ in ("ndarray", "list", "tuple"):
        items = value.ravel().tolist() if hasattr(value, "ravel") else value
        return [drawn for item in list(items)[:50] for drawn in pictures_of(item)] if len(items) < 1000 else []
    if not any(kind.__module__.startswith(("matplotlib.", "seaborn.")) for kind in type(value).__mro__):
        return []
    figure = value if hasattr(value, "savefig") and hasattr(value, "axes") else getattr(value, "figure", None)
    return [picture(figure) if hasattr(figure, "savefig") else type(value).__name__]


def picture(figure: object) -> str:
    """At one resolution, whatever the notebook's own: what is seen is the same."""
    with io.BytesIO() as data:
        figure.savefig(data, format="png", dpi=50, metadata={"Software": None})
        return hashlib.sha256(data.getvalue()).hexdigest()[:16]


def files_below(folder: str) -> dict:
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.sha256(file.read()).hexdigest()[:16]
    return found


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    stage, package = request["stage"], request["package"]
    told: dict = {"variables": {}, "pictures": [], "displays": [], "ways": {}}
    ending = os.path.join(package, stage + ".py")
    shows = os.path.join(package, "displays.py")

    def profile(frame: object, event: str, argument: object) -> None:
        code = frame.f_code
        if event == "return" and code.co_name in (stage, stage + "_stage") and code.co_filename.endswith(ending):
            sys.setprofile(None)
            told["variables"] = {name: digest(value) for name, value in frame.f_locals.items()}
            if request.get("ways"):
                told["ways"][stage] = {name: damage.fitting(value) for name, value in frame.f_locals.items()}
            told["result"] = digest(tuple(argument) if isinstance(argument, tuple) else argument)
            sys.setprofile(profile)
        elif event == "call" and code.co_name == "show" and code.co_filename.endswith(shows):
            told["displays"].extend(digest(value) for value in frame.f_locals.get("values", ()))

    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        close = pyplot.close

        def watched(*given: object) -> object:
            told["pictures"].extend(picture(pyplot.figure(number)) for number in pyplot.get_fignums())
            return close(*given)

        pyplot.close = watched
        pyplot.show = lambda *_, **__: watched("all")
    sys.argv = [package, stage, "--work", request["work"]]
    text, sys.stdout = sys.stdout, io.StringIO()
    sys.path.append(sys.path.pop(0))
    sys.setprofile(profile)
    try:
        runpy.run_module(package, run_name="__main__", alter_sys=True)
    except SystemExit:
        pass
    finally:
        sys.setprofile(None)
        printed, sys.stdout = sys.stdout.getvalue(), text
    if pyplot is not None:
        told["pictures"].extend(picture(pyplot.figure(number)) for number in pyplot.get_fignums())
    told["printed"] = hashlib.sha256(printed.encode()).hexdigest()[:16]
    told["files"] = files_below(os.getcwd())
    with open(request["answer"], "w", encoding="utf-8") as file:
        json.dump(told, file)


if __name__ == "__main__":
    main()
