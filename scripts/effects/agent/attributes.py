"""What an object keeps of its own, where Python can see it."""

import inspect


def is_cache(kind, name):
    """Whether an attribute only remembers what can be computed again."""
    return "cache" in name or type(inspect.getattr_static(kind, name, None)).__name__ in ("cached_property", "CachedProperty")


def attributes(value):
    """The attributes that an object keeps; None where it keeps them out of sight."""
    state = getattr(value, "__dict__", None)
    slots = {}
    for owner in type(value).__mro__:
        names = owner.__dict__.get("__slots__", ())
        for name in (names,) if isinstance(names, str) else names:
            if name not in ("__dict__", "__weakref__"):
                mangled = f"_{owner.__name__.lstrip('_')}{name}" if name.startswith("__") and not name.endswith("__") else name
                try:
                    slots[name] = object.__getattribute__(value, mangled)
                except AttributeError:
                    pass
    if state is None and not slots:
        # Only a class that says so itself keeps nothing; one that is written in C may keep anything.
        says_so = all("__slots__" in owner.__dict__ for owner in type(value).__mro__ if owner is not object)
        return {} if says_so and type(value).__reduce_ex__ is object.__reduce_ex__ else None
    return {**slots, **(dict(state) if isinstance(state, dict) else {})}
