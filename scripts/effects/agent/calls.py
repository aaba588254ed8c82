"""Sample values, and the calls to try: those that are written for a function, else such as its parameters suggest."""

import importlib
import itertools
import weakref

from awaiting import coming


class Captured:
    def __init__(self, args, kwargs):
        self.args, self.kwargs = list(args), dict(kwargs)


# Kept outside, so that being called is no change of a function.
COUNTS = weakref.WeakKeyDictionary()


class Spy:
    """A function that notes that it was called."""

    def __init__(self, function):
        self.function = function
        COUNTS[self] = 0
        self.__name__ = "spy"

    @property
    def called(self):
        return COUNTS[self]

    def __repr__(self):
        return "spy"

    def __call__(self, *args, **kwargs):
        COUNTS[self] += 1
        return self.function(*args, **kwargs)


class Values(dict):
    """The names that sample expressions use; each is made anew in every probe, once."""

    def __init__(self, expressions, base):
        super().__init__(base)
        self.expressions = expressions

    def __missing__(self, name):
        if name not in self.expressions:
            raise KeyError(name)
        value = eval(self.expressions[name], self)  # noqa: S307 (the expressions are this repository's own)
        self[name] = value
        return value


class Samples:
    def __init__(self, config):
        self.values = config.get("values", {})
        self.parameters = config.get("parameters", {})
        self.calls = config.get("calls", {})
        self.receivers = config.get("receivers", {})
        self.are_awaited = config.get("awaited", False)
        self.base = {"__builtins__": __builtins__, "capture": lambda *args, **kwargs: Captured(args, kwargs), "spy": Spy, "coming": coming}
        for name, module in config.get("imports", {}).items():
            try:
                self.base[name] = importlib.import_module(module)
            except Exception:
                continue
        for line in config.get("setup", []):
            exec(line, self.base)  # noqa: S102

    def fresh(self):
        return Values(self.values, self.base)

    def calls_for(self, qualified, owners, parameters, attempts=60):
        """Texts between a call's brackets, the likeliest first; and whether they were written for it by hand."""
        name = qualified.rsplit(".", 1)[-1]
        written = self.calls.get(qualified)
        if written is None:
            for owner in owners:
                written = self.calls.get(f"{owner}.{name}")
                if written is not None:
                    break
        if written is not None:
            return list(written), True
        return list(itertools.islice(self.guess(name, parameters), attempts)), False

    def guess(self, name, parameters):
        if parameters is None:
            yield ""
            candidates = self.parameters.get("*", [])
            yield from candidates
            yield from (f"{a}, {b}" for a in candidates[:5] for b in candidates[:5])
            return
        needed, optional, gathers = [], [], False
        for parameter, kind, has_default in parameters:
            if kind == "VAR_POSITIONAL":
                gathers = True
            elif kind == "VAR_KEYWORD":
                continue
            elif has_default:
                optional.append(parameter)
            else:
                needed.append((parameter, kind))
        choices = [self.parameters.get(parameter) or self.parameters.get("*", ["1"]) for parameter, _ in needed]
        bases = []
        for combination in itertools.islice(itertools.product(*choices), 40):
            text = ", ".join(
                f"{parameter}={value}" if kind == "KEYWORD_ONLY" else value
                for (parameter, kind), value in zip(needed, combination)
            )
            bases.append(text)
            yield text
        if gathers and not needed:
            yield from self.parameters.get("*args", self.parameters.get("*", []))
        # Options that say how a call treats its arguments are tried one by one.
        for parameter in optional:
            for value in self.parameters.get(parameter, []):
                for text in bases[:3]:
                    yield f"{text}, {parameter}={value}" if text else f"{parameter}={value}"
