"""Numbers side by side: exact for all but floats, which may part by `atol + rtol * |notebook's|`; NaN equals NaN."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Optional

CHUNK = 1 << 20


@dataclass
class Gap:
    """How far two runs of numbers are apart."""

    differing: int = 0
    """Elements that are apart by more than the tolerance."""
    inexact: int = 0
    """Elements that are not equal, but within the tolerance."""
    first: Optional[int] = None
    left: Any = None
    right: Any = None
    max_abs: float = 0.0
    max_rel: float = 0.0
    names_outside: bool = False
    """Whether `first` is an element outside the tolerance, not merely the first that is not equal."""

    def measure(self, absolute: float, relative: float) -> None:
        self.max_abs = max(self.max_abs, absolute)
        self.max_rel = max(self.max_rel, relative)


@dataclass(frozen=True)
class Tolerance:
    rtol: float
    atol: float

    def of_floats(self, left: float, right: float) -> Gap:
        """The gap between two floats."""
        if math.isnan(left) and math.isnan(right):
            return Gap()
        if left == right:
            # Zeros of two signs are equal, but not the same.
            same = left != 0 or math.copysign(1, left) == math.copysign(1, right)
            return Gap() if same else Gap(0, 1, 0, left, right)
        absolute = abs(left - right)
        relative = absolute / abs(left) if left and math.isfinite(left) and math.isfinite(right) else math.inf
        close = math.isfinite(absolute) and absolute <= self.atol + self.rtol * abs(left)
        return Gap(0 if close else 1, 1 if close else 0, 0, left, right, absolute, relative)

    def of_arrays(self, left: Any, right: Any) -> Gap:
        """The gap between two numpy arrays of one dtype and length, a piece at a time."""
        import numpy

        gap = Gap()
        inexact_kind = left.dtype.kind in "fc"
        for start in range(0, len(left), CHUNK):
            a, b = numpy.asarray(left[start : start + CHUNK]), numpy.asarray(right[start : start + CHUNK])
            unequal = a != b
            if inexact_kind:
                unequal &= ~(numpy.isnan(a) & numpy.isnan(b))
            if left.dtype.kind == "f":
                unequal |= (a == 0) & (numpy.signbit(a) != numpy.signbit(b))
            if not unequal.any():
                continue
            at = numpy.flatnonzero(unequal)
            outside = self._outside(a[at], b[at], gap) if inexact_kind else numpy.ones(len(at), bool)
            gap.differing += int(outside.sum())
            gap.inexact += int((~outside).sum())
            if gap.first is None or (gap.differing and not gap.names_outside):
                pick = at[outside][0] if outside.any() else at[0]
                gap.first, gap.left, gap.right = start + int(pick), a[pick].item(), b[pick].item()
                gap.names_outside = bool(outside.any())
        return gap

    def _outside(self, a: Any, b: Any, gap: Gap) -> Any:
        import numpy

        with numpy.errstate(all="ignore"):
            wide = "c16" if a.dtype.kind == "c" else "f8"
            a, b = a.astype(wide), b.astype(wide)
            absolute = numpy.abs(a - b)
            size = numpy.abs(a)
            close = numpy.isfinite(absolute) & (absolute <= self.atol + self.rtol * size)
            relative = numpy.where(size > 0, absolute / size, numpy.where(absolute > 0, numpy.inf, 0))
        finite = numpy.isfinite(absolute)
        if finite.any():
            gap.measure(float(absolute[finite].max()), float(relative[finite].max()))
        if not finite.all():
            gap.measure(math.inf, math.inf)
        return ~close
