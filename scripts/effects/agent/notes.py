"""What objects of a library keep that is no part of what they are: the tables say of which types, and where.

A *note* is never read again, but for what has just been written: which dates a model was asked for. A *memo* is what can
be computed again. Both are written as paths from the object, as a model's `data.predict_dates`: the same attribute of
another object may be content.
"""

import contextlib
import sys

import sharing

_notes = {}
_memos = {}


class Rubbish:
    """Stands in the place of a note: what depends on the note fails, or gives another result."""


def learn(notes, memos):
    """Says which types have which notes and memos, once for the process."""
    for known, told in ((_notes, notes), (_memos, memos)):
        known.clear()
        known.update(told)


def places(value):
    """Owners of the notes and memos that can be reached from a value: (owner, name)."""
    return [*found(value, _notes), *found(value, _memos)]


def found(value, paths_by_type):
    if not paths_by_type:
        return []
    all_places = []
    for part in sharing.parts(value, depth=8):
        for base in type(part).__mro__:
            for path in paths_by_type.get(f"{base.__module__}.{base.__qualname__}", ()):
                *way, name = path.split(".")
                owner = part
                for step in way:
                    owner = held_by(owner).get(step)
                if owner is not None:
                    all_places.append((owner, name))
    return all_places


def held_by(owner):
    """What stands in an object by name: its attributes, or the entries of a dict."""
    return owner if isinstance(owner, dict) else getattr(owner, "__dict__", {})


def spoil(value):
    """Writes rubbish into every note that can be reached from a value; an array keeps its shape."""
    numpy = sys.modules.get("numpy")
    for owner, name in found(value, _notes):
        held = held_by(owner)
        is_array = numpy is not None and isinstance(held.get(name), numpy.ndarray)
        held[name] = numpy.full_like(held[name], 77) if is_array else Rubbish()


def forget(value):
    """Takes away every memo that can be reached from a value."""
    for owner, name in found(value, _memos):
        with contextlib.suppress(KeyError):
            del held_by(owner)[name]
