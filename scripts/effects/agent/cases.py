"""What is to be called: every function of a library with the calls that will be tried, known before any is made."""

import hashlib
import importlib
import inspect
import itertools
import json

import names
from prints import quiet


# So many calls of a method are tried on each of several receivers.
TURNS = 12


class Cases:
    def __init__(self, request, samples):
        self.request, self.samples = request, samples
        shared = {key: request["samples"].get(key) for key in ("imports", "setup", "values", "files", "made_files")}
        self.surroundings = json.dumps([shared, request["notes"], request["memos"]], sort_keys=True)

    def all(self):
        """One case a function, by name. A case with a `reason` is not called; `digest` says all that its calls are made of."""
        cases = {}
        for name in self.request["names"]:
            cases[name] = self.of_module(name)
        for module in self.request["modules"]:
            for name in names.functions_of(module, self.request["library"]):
                if name not in cases:
                    cases[name] = self.of_module(name)
        for kind, texts in self.receivers().items():
            made = [(text, value) for text, value in ((text, self.receiver(text)) for text in texts) if value is not None]
            for method, of in self.methods(kind, made).items():
                qualified = f"{kind}.{method}"
                if qualified not in cases:
                    cases[qualified] = self.of_type(qualified, method, of)
        only = self.request.get("only")
        return [case for name, case in sorted(cases.items()) if only is None or name in only]

    def receivers(self):
        """Expressions by type, one or several; types that have none are made as their own sample calls make them."""
        given = {kind: [text] if isinstance(text, str) else text for kind, text in self.samples.receivers.items()}
        for kind in [] if self.request["samples"].get("sampledTypesOnly") else self.request["types"]:
            if kind not in given and isinstance(names.resolve(kind), type):
                module, name = kind.rsplit(".", 1)
                arguments = [*self.samples.calls.get(kind, []), ""][0]
                given[kind] = [f"importlib.import_module({module!r}).{name}({arguments})"]
        return given

    def methods(self, kind, receivers):
        """Methods of a type with the receivers that have them."""
        found = {}
        for text, value in receivers:
            real = value if isinstance(value, type) else type(value)
            listed = [one for one in ("__call__", "__iter__") if f"{kind}.{one}" in self.request["listed"] and hasattr(real, one)]
            for method in [*names.methods_of(real), *names.forwarded_by(value), *listed]:
                found.setdefault(method, []).append((text, value))
        return found

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

    def of_type(self, qualified, method, receivers):
        """Each receiver is tried with its calls in turn, so that none is left out where there are many calls."""
        known = [(text, value, names.attribute(value, method)) for text, value in receivers]
        known = [(text, value, thing) for text, value, thing in known if thing is not None]
        if not known:
            return skipped(qualified, "not in this version")
        if len(known) == 1:
            (text, value, thing), = known
            return self.case(qualified, method, text, thing, names.type_names(value))
        cases = [self.case(qualified, method, text, thing, names.type_names(value)) for text, value, thing in known]
        return cases[0] if "digest" not in cases[0] else self.joined(cases)

    def case(self, qualified, name, receiver, thing, owners):
        why = self.request["samples"].get("leave", {}).get(qualified)
        if why is not None:
            return skipped(qualified, why)
        parameters = names.parameters(thing)
        texts, written = self.samples.calls_for(qualified, owners, parameters)
        return {
            "name": qualified,
            "own": name,
            "receiver": receiver,
            "kind": "class" if isinstance(thing, type) else "function",
            "parameters": parameters,
            "written": written,
            "texts": texts,
            "digest": self.digest(receiver, texts),
        }

    def digest(self, receiver, texts):
        made_of = json.dumps([self.surroundings, receiver, texts])
        return hashlib.sha256(made_of.encode()).hexdigest()[:16]

    def joined(self, cases):
        """One case for the receivers of a type: a call that says itself what it is called on is made once."""
        calls = [[text if " :: " in text else f"{case['receiver']} :: {text}" for text in case["texts"][:TURNS]] for case in cases]
        texts = [text for turn in itertools.zip_longest(*calls) for text in turn if text is not None]
        texts = list(dict.fromkeys(texts))
        written = all(case["written"] for case in cases)
        return {**cases[0], "written": written, "receivers": len(cases), "texts": texts, "digest": self.digest(None, texts)}


def skipped(qualified, reason):
    return {"name": qualified, "kind": "function", "parameters": None, "written": False, "reason": reason}
