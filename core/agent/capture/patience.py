"""An end for values that take too long to be described: their own methods may hang."""

from __future__ import annotations

import signal
import threading
import time
from typing import Any

MOST_SECONDS = 30.0
TICK_SECONDS = 1.0


class TooSlowError(BaseException):
    """Not an Exception, so that no method of a value takes it for its own."""


class Patience:
    """While it is entered, what was begun last is interrupted when it takes too long. Only the main thread can be.

    Ticks are counted, not the clock: on a busy machine the process may stand still for seconds, which is not the value's doing.
    """

    def __init__(self) -> None:
        self._ticks = 0
        self._before: Any = None

    def begin(self) -> None:
        """One more thing begins."""
        self._ticks = 0

    def __enter__(self) -> Patience:
        if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
            timer = signal.getitimer(signal.ITIMER_REAL)
            self._before = (signal.signal(signal.SIGALRM, self._tick), timer, time.monotonic())
            self.begin()
            signal.setitimer(signal.ITIMER_REAL, TICK_SECONDS, TICK_SECONDS)
        return self

    def __exit__(self, *_: Any) -> None:
        if self._before is None:
            return
        handler, (rest, every), since = self._before
        self._before = None
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if handler is None else handler)
        # An alarm that the notebook has set itself rings when it should have, or at once.
        if rest:
            signal.setitimer(signal.ITIMER_REAL, max(rest - (time.monotonic() - since), 0.001), every)

    def _tick(self, *_: Any) -> None:
        self._ticks += 1
        if self._ticks * TICK_SECONDS > MOST_SECONDS:
            self.begin()
            raise TooSlowError(f"describing it took longer than {MOST_SECONDS:g} s")
