"""One call with fresh samples, and everything that it did."""

import contextlib
import importlib

import names
import notes
import sharing
import state
from awaiting import awaited, promised
from calls import Spy
from prints import print_of, prints, quiet, view_of
from told import argument_of, constant, describe, each_once, is_setting, items, keeps, labels


class Prober:
    def __init__(self, samples, folder, watch, restorer):
        self.samples, self.folder, self.watch, self.restorer = samples, folder, watch, restorer

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
        given.update(enumerate(promised(value) for value in captured.args))
        given.update((name, promised(value)) for name, value in captured.kwargs.items())
        return function, captured, given

    def call(self, function, captured):
        if self.samples.are_awaited:
            return awaited(function, captured)
        return function(*captured.args, **captured.kwargs)

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
                result = self.call(function, captured)
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
        seen["heeds"] = self.heeds(qualified, name, receiver, text, tracked)
        if any(use["use"] in ("write", "append", "make-folder") for use in seen["files"]):
            self.folder.renew()
        self.restorer.restore()
        return seen

    def again(self, function, captured, tracked, after, changed):
        """Arguments that a second call changes further."""
        with contextlib.suppress(Exception):
            self.restorer.random()
            with quiet():
                self.call(function, captured)
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
                    anew = self.call(function, captured)
                    one = print_of(anew)
                    if one is not None and sharing.scribble(given[key]) and print_of(anew) not in (one, None):
                        found.add(key)
        return labels(found)

    def heeds(self, qualified, name, receiver, text, tracked):
        """Arguments whose notes or memos the call depends on: without them, or with rubbish there, it does something else."""

        def outcomes(*meddlings):
            return [self.outcome(qualified, name, receiver, text, *meddling) for meddling in meddlings]

        found = set()
        for key, value in tracked.items():
            if not notes.places(value):
                continue
            # The clock may be in a result: it is the same before and after, where it is between.
            before, spoilt, after = outcomes((), (key, notes.spoil), ())
            remembered, forgotten, again = outcomes((key, None, True), (key, notes.forget, True), (key, None, True))
            if before == after != spoilt or remembered == again != forgotten:
                found.add(key)
        return labels(found)

    def outcome(self, qualified, name, receiver, text, key=None, meddle=None, twice=False):
        """What a call with fresh arguments gives, and leaves of them; the second one with `twice`, behind a meddling."""
        self.folder.renew()
        self.restorer.restore()
        function, captured, given = self.prepare(qualified, name, receiver, text)
        try:
            with quiet():
                if twice:
                    self.call(function, captured)
                if meddle is not None:
                    meddle(given[key])
                self.restorer.random()
                result = self.call(function, captured)
        except Exception as error:
            return type(error).__name__
        return [print_of(result), *(print_of(value) for value in given.values())]

    def varies(self, qualified, name, receiver, text, first):
        with contextlib.suppress(Exception):
            self.folder.renew()
            self.restorer.restore()
            function, captured, _ = self.prepare(qualified, name, receiver, text)
            self.restorer.random()
            with quiet():
                return print_of(self.call(function, captured), plain=True) not in (first, None)
        return False

