"""What is to be called: every function of a library with the calls that will be tried, known before any is made."""

import hashlib
import importlib
import inspect
import json

import names
from prints import quiet


class Cases:
    def __init__(self, request, samples):
        self.request, self.samples = request, samples
        shared = {key: request["samples"].get(key) for key in ("imports", "setup", "values", "files", "made_files")}
        self.surroundings = json.dumps(shared, sort_keys=True)

    def all(self):
        """One case a function, by name. A case with a `reason` is not called; `digest` says all that its calls are made of."""
        cases = {}
        for name in self.request["names"]:
            cases[name] = self.of_module(name)
        for module in self.request["modules"]:
            for name in names.functions_of(module, self.request["library"]):
                if name not in cases:
                    cases[name] = self.of_module(name)
        for kind, receiver in self.receivers().items():
            value = self.receiver(receiver)
            if value is None:
                continue
            real = value if isinstance(value, type) else type(value)
            listed = [one for one in ("__call__", "__iter__") if f"{kind}.{one}" in self.request["listed"] and hasattr(real, one)]
            for method in [*names.methods_of(real), *listed]:
                qualified = f"{kind}.{method}"
                if qualified not in cases:
                    cases[qualified] = self.of_type(qualified, method, receiver, value)
        only = self.request.get("only")
        return [case for name, case in sorted(cases.items()) if only is None or name in only]

    def receivers(self):
        """Expressions by type; types that have none are made as their own sample calls make them."""
        given = dict(self.samples.receivers)
        for kind in [] if self.request["samples"].get("sampledTypesOnly") else self.request["types"]:
            if kind not in given and isinstance(names.resolve(kind), type):
                module, name = kind.rsplit(".", 1)
                arguments = [*self.samples.calls.get(kind, []), ""][0]
                given[kind] = f"importlib.import_module({module!r}).{name}({arguments})"
        return given

    def receiver(self, text):
        values = self.samples.fresh()
        values["importlib"] = importlib
        try:
            with quiet():
                return eval(text, values)  # noqa: S307
        except Exception:
            return None

    def of_module(self, qualified):
        thing = names.resolve(qualified)
        if thing is None:
            return skipped(qualified, "not in this version")
        if isinstance(thing, property) or not callable(thing):
            return skipped(qualified, "not a function")
        owner = names.resolve(qualified.rsplit(".", 1)[0]) if "." in qualified else None
        own_name = qualified.rsplit(".", 1)[-1]
        if isinstance(owner, type) and not isinstance(inspect.getattr_static(owner, own_name, None), (staticmethod, classmethod)):
            return skipped(qualified, "no sample of its receiver")
        return self.case(qualified, qualified, None, thing, [])

    def of_type(self, qualified, method, receiver, value):
        thing = names.attribute(value, method)
        if thing is None:
            return skipped(qualified, "not in this version")
        return self.case(qualified, method, receiver, thing, names.type_names(value))

    def case(self, qualified, name, receiver, thing, owners):
        why = self.request["samples"].get("leave", {}).get(qualified)
        if why is not None:
            return skipped(qualified, why)
        parameters = names.parameters(thing)
        texts, written = self.samples.calls_for(qualified, owners, parameters)
        made_of = json.dumps([self.surroundings, receiver, texts])
        return {
            "name": qualified,
            "own": name,
            "receiver": receiver,
            "kind": "class" if isinstance(thing, type) else "function",
            "parameters": parameters,
            "written": written,
            "texts": texts,
            "digest": hashlib.sha256(made_of.encode()).hexdigest()[:16],
        }


def skipped(qualified, reason):
    return {"name": qualified, "kind": "function", "parameters": None, "written": False, "reason": reason}
