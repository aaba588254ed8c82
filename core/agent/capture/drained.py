"""Waits for what programs have written to the kernel's own output: a thread of the kernel reads it, when it gets to it."""

from __future__ import annotations

import sys
import time

try:
    import fcntl
    import termios
except ImportError:  # Windows, where ipykernel does not read it either
    fcntl = termios = None  # type: ignore[assignment]

# A program in the background may go on writing.
LONGEST = 1.0


def drain() -> None:
    """Comes back when nothing waits in the pipes that ipykernel (OutStream, `watchfd`) put in place of descriptors 1 and 2."""
    until = time.monotonic() + LONGEST
    while fcntl is not None and any(map(waits, (1, 2))) and time.monotonic() < until:
        time.sleep(0.001)
    # What has been read is not yet told.
    time.sleep(0.001)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def waits(number: int) -> bool:
    count = bytearray(4)
    try:
        fcntl.ioctl(number, termios.FIONREAD, count)
    except OSError:
        return False
    return any(count)
