"""What classes keep to be quick the second time, to warn, or to tell themselves apart: it says nothing of the value."""

from __future__ import annotations

# Attributes by the package of the class that keeps them.
CACHES = {
    "joblib": ("_id",),
    # A style's id is another one in every process, as long as nobody gives it one; only its page holds it.
    "pandas": ("_cache", "_item_cache", "uuid"),
    # A vectorizer keeps the id() of its stop words, to check them once only.
    "sklearn": ("_sklearn_version", "_deprecated_key_to_warnings", "_stop_words_id"),
    "statsmodels": ("_cache",),
}


def caches_of(kind: type) -> tuple:
    """The names of such attributes of a class and of what it derives from."""
    found: tuple = ()
    for base in kind.__mro__:
        found += CACHES.get((getattr(base, "__module__", "") or "").partition(".")[0], ())
    return found


# Positions in a state that is a tuple: how often a tree for neighbours was asked is no part of the tree.
COUNTERS = {
    "sklearn.neighbors._kd_tree": (7, 8, 9, 10),
    "sklearn.neighbors._ball_tree": (7, 8, 9, 10),
}


def without_counters(kind: type, state: object) -> object:
    """The state that an object of this class would pickle, without what it only counts."""
    positions = COUNTERS.get(kind.__module__, ()) if isinstance(state, tuple) else ()
    return tuple(part for at, part in enumerate(state) if at not in positions) if positions else state
