"""Calls functions of a library with samples and tells what each call did.

Reads a request (JSON) from the file that is its first argument: {samples, library, modules, types, names, folder,
skip, limit}. Writes one line of JSON for each function to the file that is its second argument.
"""

import contextlib
import importlib
import inspect
import json
import os
import signal
import sys
import tempfile
import time
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import files
import names
import state
from calls import Samples
from folder import Folder
from probe import Prober, quiet


class TooSlow(BaseException):
    pass


def ring(*_):
    raise TooSlow()


class Observer:
    def __init__(self, request, out):
        self.request, self.out = request, out
        self.samples = Samples(request["samples"])
        self.folder = Folder(request["folder"])
        self.folder.make(request["samples"].get("files", {}), request["samples"].get("made_files", []), self.samples.base)
        warnings.simplefilter("ignore")
        tempfile.tempdir = request["folder"] + "-temporary"
        os.makedirs(tempfile.tempdir, exist_ok=True)
        self.watch = files.Watch(request["folder"])
        self.restorer = state.Restorer()
        self.prober = Prober(self.samples, self.folder, self.watch, self.restorer)
        # Threads of a library do not survive a fork, and whoever waits for them waits for ever.
        self.forks = hasattr(os, "fork") and not request["samples"].get("hasThreads", False)
        signal.signal(signal.SIGALRM, ring)

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
            if self.forks:
                self.apart(qualified, name, receiver)
            else:
                self.tell({"begin": qualified})
                self.tell(self.function(qualified, name, receiver))
        self.tell({"end": True})

    def apart(self, qualified, name, receiver):
        """In a process of its own: what is written to can be part of the library itself, which nobody brings back."""
        child = os.fork()
        if child == 0:
            status = 1
            with contextlib.suppress(BaseException):
                self.tell(self.function(qualified, name, receiver))
                status = 0
            os._exit(status)
        if not self.ended_well(child):
            self.tell(self.skipped(qualified, "took its process down"))
            self.folder.renew()

    def ended_well(self, child):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return status == 0
            time.sleep(0.001)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return False

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
        probes, errors = [], []
        limit = self.request.get("limit", 8)
        signal.setitimer(signal.ITIMER_REAL, 25)
        try:
            for text in texts:
                if len(probes) >= (len(texts) if written else limit):
                    break
                try:
                    probes.append(self.prober.probe(qualified, name, receiver, text))
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
        self.folder.renew()
        kind = "class" if isinstance(thing, type) else "function"
        fact = {"name": qualified, "kind": kind, "parameters": parameters, "written": written, "probes": probes}
        if not probes:
            fact["reason"] = errors[0] if errors else "no sample arguments"
        elif written and errors:
            fact["errors"] = errors
        return fact

    def skipped(self, qualified, reason):
        return {"name": qualified, "kind": "function", "parameters": None, "written": False, "probes": [], "reason": reason}


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
