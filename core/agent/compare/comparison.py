"""What is found where two values are compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from .places import phrase, place, unit
from .tolerance import Gap
from .wording import Path, render

# More places than this are counted, not named.
MOST_NAMED = 500


@dataclass
class Comparison:
    """What one value of the left and one of the right have not in common."""

    ignored: frozenset = frozenset()
    """Paths of which nothing is noted: the notebook itself does not reproduce what stands there."""
    differences: list = field(default_factory=list)
    """(path, message), in the order of the value."""
    count: int = 0
    opaque: list = field(default_factory=list)
    """(path, reason)."""
    inexact: int = 0
    """Floats that are not equal, but within the tolerance."""
    compared: int = 0
    """Leaves that were compared and are equal, or within the tolerance."""
    max_abs: float = 0.0
    max_rel: float = 0.0
    first_inexact: str = ""

    def agree(self) -> None:
        self.compared += 1

    def differ(self, path: Path, message: str) -> None:
        if self._is_ignored(path):
            return
        self.count += 1
        if len(self.differences) < MOST_NAMED:
            self.differences.append((render(path), message))

    def stands_for(self, path: Path, why: str) -> None:
        """Something that is not the same, and does the same."""
        if not self._is_ignored(path):
            self.inexact += 1
            self.first_inexact = self.first_inexact or phrase(path, why)

    def not_compared(self, path: Path, why: str) -> None:
        if not self._is_ignored(path) and len(self.opaque) < MOST_NAMED:
            self.opaque.append((render(path), why))

    def gap(self, gap: Gap, total: int, path: Path, reordered: str, shape: Optional[list] = None) -> None:
        """How far `total` numbers are apart; `reordered` where they are the same in another order."""
        if not gap.differing and not gap.inexact:
            self.agree()
            return
        if self._is_ignored(path):
            return
        self.max_abs = max(self.max_abs, gap.max_abs)
        self.max_rel = max(self.max_rel, gap.max_rel)
        pair = f"{gap.left!r} and {gap.right!r}"
        if total > 1:
            at = place(gap.first or 0, shape)
            number = gap.differing or gap.inexact
            pair = f"{number} of {total} {unit(path)} differ, first at {at}: {pair}"
            if reordered:
                pair = f"the same {total} {unit(path)} in another order, first at {at}: {gap.left!r} and {gap.right!r}"
        if gap.differing:
            self.differ(path, pair)
        else:
            self.inexact += gap.inexact
            self.first_inexact = self.first_inexact or phrase(path, pair)

    def _is_ignored(self, path: Path) -> bool:
        return bool(self.ignored) and render(path) in self.ignored
