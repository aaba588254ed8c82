"""What commands of a stage print: programs that it starts write to the process's own output, past `sys.stdout`."""

from __future__ import annotations

import os
import sys

# More than this of a stage's is not looked at.
MOST_BYTES = 8 << 20

STREAMS = ("stdout", "stderr")


class CommandsOutput:
    """Sends descriptors 1 and 2 to files below a folder, while `sys.stdout` and `sys.stderr` stay what they were.

    The files are what a process that was killed leaves; whoever started it looks there for its last words.
    """

    def __init__(self, folder: str):
        self._paths = [os.path.join(folder, f"commands-{name}.txt") for name in STREAMS]
        self._ends = [0, 0]
        self._begins = [0, 0]
        for number, (name, path) in enumerate(zip(STREAMS, self._paths), start=1):
            stream = getattr(sys, name)
            stream.flush()
            own = os.dup(number)
            # Errors line by line: a process that is killed writes no more.
            setattr(sys, name, open(own, "w", encoding=stream.encoding, errors=stream.errors, buffering=-1 if number == 1 else 1))
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o666)
            os.dup2(file, number)
            os.close(file)

    def begin(self) -> None:
        """From here on it belongs to the stage."""
        self._begins = self._sizes()
        self._ends = self._begins

    def end(self) -> None:
        self._ends = self._sizes()

    def told(self) -> dict:
        """By stream what was written between the two."""
        return {name: self._text(at) for at, name in enumerate(STREAMS)}

    def _sizes(self) -> list:
        return [os.path.getsize(path) for path in self._paths]

    def _text(self, at: int) -> str:
        with open(self._paths[at], "rb") as file:
            file.seek(self._begins[at])
            text = file.read(min(self._ends[at] - self._begins[at], MOST_BYTES))
        return text.decode("utf-8", "replace")
