"""Calls functions of a library with samples and tells what each call did.

Reads a request (JSON) from the file that is its first argument: {samples, library, modules, types, names, folder,
skip, limit}. Writes one line of JSON for each function to the file that is its second argument.
"""

import contextlib
import importlib
import inspect
import io
import json
import os
import shutil
import signal
import sys
import tempfile
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import files
import names
import sharing
import state
from calls import Samples, Spy
from fingerprint import Opaque, fingerprint


class TooSlow(BaseException):
    pass


def ring(*_):
    raise TooSlow()


class Observer:
    def __init__(self, request, out):
        self.request, self.out = request, out
        self.folder = request["folder"]
        os.makedirs(self.folder, exist_ok=True)
        os.chdir(self.folder)
        self.samples = Samples(request["samples"])
        self.make_folder()
        warnings.simplefilter("ignore")
        tempfile.tempdir = self.folder + "-temporary"
        os.makedirs(tempfile.tempdir, exist_ok=True)
        self.watch = files.Watch(self.folder)
        self.restorer = state.Restorer()
        signal.signal(signal.SIGALRM, ring)

    def make_folder(self):
        """Writes the files that samples read, once; their bytes are kept."""
        for name, text in self.request["samples"].get("files", {}).items():
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            with open(name, "w") as file:
                file.write(text)
        for line in self.request["samples"].get("made_files", []):
            with contextlib.suppress(Exception):
                exec(line, dict(self.samples.base))  # noqa: S102
        self.pristine = {}
        for root, _, found in os.walk("."):
            for name in found:
                path = os.path.normpath(os.path.join(root, name))
                with open(path, "rb") as file:
                    self.pristine[path] = (file.read(), os.stat(path).st_mtime_ns)

    def fresh_folder(self):
        """Brings the working folder back to how it was."""
        os.chdir(self.folder)
        for root, folders, found in os.walk(".", topdown=False):
            for name in found:
                path = os.path.normpath(os.path.join(root, name))
                if path not in self.pristine or os.stat(path).st_mtime_ns != self.pristine[path][1]:
                    os.remove(path)
            for name in folders:
                path = os.path.normpath(os.path.join(root, name))
                if not any(one.startswith(path + os.sep) for one in self.pristine):
                    shutil.rmtree(path)
        for path, (content, _) in self.pristine.items():
            if not os.path.exists(path):
                os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
                with open(path, "wb") as file:
                    file.write(content)
                self.pristine[path] = (content, os.stat(path).st_mtime_ns)

    def work(self):
        """[(qualified name, text of its receiver or None, the function's own name)]"""
        todo = {}
        for name in self.request["names"]:
            todo[name] = (name, None)
        for module in self.request["modules"]:
            for name in names.functions_of(module, self.request["library"]):
                todo.setdefault(name, (name, None))
        for kind, receiver in self.receivers().items():
            value = self.receiver(receiver)
            if value is None:
                continue
            real = value if isinstance(value, type) else type(value)
            for method in names.methods_of(real):
                todo.setdefault(f"{kind}.{method}", (method, receiver))
            for method in ("__call__", "__iter__"):
                if f"{kind}.{method}" in self.request["listed"] and hasattr(real, method):
                    todo.setdefault(f"{kind}.{method}", (method, receiver))
        return todo

    def receivers(self):
        given = dict(self.samples.receivers)
        for kind in [] if self.request["samples"].get("sampledTypesOnly") else self.request["types"]:
            if kind not in given and isinstance(names.resolve(kind), type):
                given[kind] = None
        known = {}
        for kind, text in given.items():
            if text is None:
                made = [*self.samples.calls.get(kind, []), ""]
                text = f"importlib.import_module({kind.rsplit('.', 1)[0]!r}).{kind.rsplit('.', 1)[1]}({made[0]})"
            known[kind] = text
        return known

    def receiver(self, text):
        values = self.samples.fresh()
        values["importlib"] = importlib
        try:
            with quiet():
                return eval(text, values)  # noqa: S307
        except Exception:
            return None

    def run(self):
        skip = set(self.request.get("skip", []))
        only = self.request.get("only")
        for qualified, (name, receiver) in sorted(self.work().items()):
            if qualified in skip or only is not None and qualified not in only:
                continue
            self.tell({"begin": qualified})
            self.tell(self.function(qualified, name, receiver))
        self.tell({"end": True})

    def tell(self, line):
        self.out.write(json.dumps(line, default=str) + "\n")
        self.out.flush()

    def function(self, qualified, name, receiver):
        if receiver is None:
            thing = names.resolve(qualified)
            if thing is None:
                return self.skipped(qualified, "not in this version")
            if isinstance(thing, property) or not callable(thing):
                return self.skipped(qualified, "not a function")
            owner = names.resolve(qualified.rsplit(".", 1)[0]) if "." in qualified else None
            if isinstance(owner, type) and not isinstance(inspect.getattr_static(owner, name.rsplit(".", 1)[-1], None), (staticmethod, classmethod)):
                return self.skipped(qualified, "no sample of its receiver")
        else:
            value = self.receiver(receiver)
            thing = getattr(value, name, None)
            if thing is None:
                return self.skipped(qualified, "not in this version")
        why = self.request["samples"].get("leave", {}).get(qualified)
        if why is not None:
            return self.skipped(qualified, why)
        parameters = names.parameters(thing)
        owners = [] if receiver is None or value is None else names.type_names(value)
        texts, written = self.samples.calls_for(qualified, owners, parameters)
        probes, errors, started = [], [], 0
        limit = self.request.get("limit", 8)
        signal.setitimer(signal.ITIMER_REAL, 25)
        try:
            for text in texts:
                if len(probes) >= (len(texts) if written else limit):
                    break
                try:
                    probes.append(self.probe(qualified, name, receiver, text))
                except Exception as error:
                    errors.append(f"({text}): {type(error).__name__}: {str(error)[:160]}")
                    with contextlib.suppress(Exception):
                        self.watch.on = False
                        self.restorer.restore()
        except TooSlow:
            errors.append("took too long")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.watch.on = False
        self.fresh_folder()
        kind = "class" if isinstance(thing, type) else "function"
        fact = {"name": qualified, "kind": kind, "parameters": parameters, "written": written, "probes": probes}
        if not probes:
            fact["reason"] = errors[0] if errors else "no sample arguments"
        elif written and errors:
            fact["errors"] = errors
        return fact

    def skipped(self, qualified, reason):
        return {"name": qualified, "kind": "function", "parameters": None, "written": False, "probes": [], "reason": reason}

    def prepare(self, qualified, name, receiver, text):
        """A function and fresh arguments; a call may say what it is called on: `nums :: lower=2`."""
        if " :: " in text:
            receiver, text = text.split(" :: ")
        values = self.samples.fresh()
        values["importlib"] = importlib
        self.restorer.random()
        with quiet():
            target = None if receiver is None else eval(receiver, values)  # noqa: S307
            captured = eval(f"capture({text})", values)  # noqa: S307
        function = names.resolve(qualified) if receiver is None else getattr(target, name)
        if receiver is None and isinstance(names.resolve(qualified.rsplit(".", 1)[0]), type):
            function = getattr(names.resolve(qualified.rsplit(".", 1)[0]), qualified.rsplit(".", 1)[1])
        given = {} if target is None else {"self": target}
        given.update(enumerate(captured.args))
        given.update(captured.kwargs)
        return function, captured, given

    def probe(self, qualified, name, receiver, text):
        function, captured, given = self.prepare(qualified, name, receiver, text)
        self.restorer.random()
        tracked = each_once({key: value for key, value in given.items() if not isinstance(value, Spy) and sharing.is_mutable(value)})
        before = prints(tracked)
        inner = {key: [(item, print_of(item)) for item in items(value)] for key, value in tracked.items()}
        views = {key: view_of(value) for key, value in tracked.items()}
        views_before = prints({key: view for key, view in views.items() if view is not None})
        reached = {key: {id(part) for part in sharing.parts(value)} for key, value in tracked.items()}
        was = state.snapshot()
        self.watch.start()
        try:
            with quiet():
                result = function(*captured.args, **captured.kwargs)
        finally:
            touched = self.watch.stop()
        after_state = state.snapshot()
        after = prints(tracked)
        opaque = sorted(str(key) for key in tracked if before[key] is None or after[key] is None)
        changed = [key for key in tracked if before[key] != after[key]]
        views_after = prints({key: view for key, view in views.items() if view is not None})
        seen = {
            "call": f"{receiver + '.' if receiver else ''}{name if receiver else qualified}({text})",
            "given": {str(key): constant(value) for key, value in given.items()},
            "positional": len(captured.args),
            "changed": labels(changed),
            "deep": labels(key for key in changed if any(print_of(item) != told for item, told in inner[key])),
            "types": {str(key): names.type_names(value) for key, value in tracked.items()},
            "views": labels(key for key in views_before if views_before[key] is not None and views_before[key] != views_after[key]),
            "viewed": labels(key for key in views_before if views_before[key] is not None),
            "opaque": opaque,
            "state": state.moved(was, after_state),
            "outside": sorted(self.watch.outside),
            "files": [{"use": use, "path": path, "argument": argument_of(path, given)} for use, path in touched],
            "called": labels(key for key, value in given.items() if isinstance(value, Spy) and value.called > 0),
            "uncalled": labels(key for key, value in given.items() if isinstance(value, Spy) and value.called == 0),
            "result": describe(result),
        }
        seen["same"] = labels(key for key, value in tracked.items() if value is result)
        seen["element"] = labels(key for key, value in tracked.items() if value is not result and any(item is result for item in items(value)) and sharing.is_mutable(result))
        inside = {id(part) for part in sharing.parts(result, limit=1500)} if sharing.is_mutable(result) else set()
        is_container = type(result) in (list, tuple, dict, set)
        linked = {key: value for key, value in tracked.items() if is_container or not is_setting(value)}
        seen["holds"] = labels(key for key, value in linked.items() if not seen["same"] and id(value) in inside)
        seen["keeps"] = keeps(linked, reached)
        first = print_of(result, plain=True)
        seen["again"] = self.again(function, captured, tracked, after, changed) if changed else []
        seen["shares"] = self.shares(qualified, name, receiver, text, linked, result, seen)
        seen["varies"] = first is not None and self.varies(qualified, name, receiver, text, first)
        if any(use["use"] in ("write", "append", "make-folder") for use in seen["files"]):
            self.fresh_folder()
        self.restorer.restore()
        return seen

    def again(self, function, captured, tracked, after, changed):
        """Arguments that a second call changes further."""
        with contextlib.suppress(Exception):
            self.restorer.random()
            with quiet():
                function(*captured.args, **captured.kwargs)
            once_more = prints(tracked)
            return labels(key for key in changed if once_more[key] != after[key])
        return labels(changed)

    def shares(self, qualified, name, receiver, text, tracked, result, seen):
        """Arguments that change when the result is written to, or that change the result when they are."""
        if not tracked or not sharing.is_mutable(result) or seen["same"]:
            return []
        found = set()
        with quiet():
            now = prints(tracked)
            if sharing.scribble(result):
                later = prints(tracked)
                found.update(key for key in tracked if now[key] != later[key])
        for key in tracked:
            if key in found:
                continue
            with contextlib.suppress(Exception):
                # What was written to may have been a setting that new figures share.
                self.restorer.restore()
                function, captured, given = self.prepare(qualified, name, receiver, text)
                with quiet():
                    anew = function(*captured.args, **captured.kwargs)
                    one = print_of(anew)
                    if one is not None and sharing.scribble(given[key]) and print_of(anew) not in (one, None):
                        found.add(key)
        return labels(found)

    def varies(self, qualified, name, receiver, text, first):
        with contextlib.suppress(Exception):
            self.fresh_folder()
            self.restorer.restore()
            function, captured, _ = self.prepare(qualified, name, receiver, text)
            self.restorer.random()
            with quiet():
                return print_of(function(*captured.args, **captured.kwargs), plain=True) not in (first, None)
        return False


@contextlib.contextmanager
def quiet():
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


def print_of(value, plain=False):
    try:
        return fingerprint(value, plain)
    except (Opaque, RecursionError):
        return None
    except Exception:
        return None


def prints(values):
    return {key: print_of(value) for key, value in values.items()}


def each_once(values):
    """An object that is given twice, as in `add(x, y, out=x)`, counts as what it is given as last."""
    last = {id(value): key for key, value in values.items()}
    return {key: value for key, value in values.items() if last[id(value)] == key}


def items(value):
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, (list, tuple)) else []


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


def keeps(tracked, reached):
    """[in, what]: arguments that another argument holds since the call."""
    found = []
    for holder, value in tracked.items():
        now = {id(part) for part in sharing.parts(value)}
        for key, other in tracked.items():
            if key != holder and id(other) in now and id(other) not in reached[holder]:
                found.append([str(holder), str(key)])
    return found


def labels(keys):
    return sorted(str(key) for key in keys)


def is_setting(value):
    """A list of names or numbers says how to do something: nobody changes it afterwards."""
    return type(value) in (list, dict, set) and not any(sharing.is_mutable(item) for item in items(value))


def constant(value):
    return value if isinstance(value, (str, int, float, bool, type(None))) and not (isinstance(value, float) and value != value) else "..."


def argument_of(path, given):
    """The argument that names a path."""
    for key, value in given.items():
        for one in (value, *items(value)):
            with contextlib.suppress(Exception):
                text = os.fspath(one)
                if text and os.path.realpath(text) == os.path.realpath(path):
                    return str(key)
                if text and (os.path.realpath(path).startswith(os.path.realpath(text) + os.sep) or os.path.realpath(path).startswith(os.path.realpath(text))) and os.path.realpath(text) != os.getcwd():
                    return str(key)
    return None


def describe(value, depth=0):
    fact = {"types": names.type_names(value), "mutable": sharing.is_mutable(value)}
    if depth < 2:
        if isinstance(value, tuple) and type(value) is tuple:
            fact["items"] = [describe(item, depth + 1) for item in value[:6]]
        elif type(value) in (list, dict, set) and value:
            fact["element"] = describe(next(iter(items(value) or value)), depth + 1)
    return fact


def main():
    with open(sys.argv[1]) as file:
        request = json.load(file)
    os.environ.setdefault("MPLBACKEND", "agg")
    with open(sys.argv[2], "a") as out:
        for name in request["preload"]:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
        Observer(request, out).run()


main()
