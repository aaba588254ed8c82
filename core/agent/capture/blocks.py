"""Long runs of numbers and bytes, block by block: none is held twice in memory, and one that is too large to be kept on the
disk is known by the digests of its blocks."""

from __future__ import annotations

import hashlib
import shutil
import sys
from typing import Any, BinaryIO, Iterator

# Of bytes: the same on both sides, so that digests of blocks can be held against one another.
BLOCK = 1 << 20
# A run larger than this is known by digests only; all runs of a stage together are kept up to the second number.
MOST_BYTES_OF_RUN = 1 << 28
MOST_BYTES = 1 << 32


class Blocks:
    """Where the runs of one graph are kept."""

    def __init__(self, file: BinaryIO, folder: str):
        self._file = file
        self._written = 0
        # What is captured may not fill the disk: the run that is watched needs it too.
        self._most = min(MOST_BYTES, shutil.disk_usage(folder).free // 4)

    def keep(self, blocks: Iterator, size: int, dtype: str) -> dict:
        """Blocks of BLOCK bytes (the last may be shorter) of `size` bytes altogether: where they stand, or their digests.

        `dtype` is that of the numbers in them, as numpy writes it; empty for bytes that are no numbers.
        """
        if size > MOST_BYTES_OF_RUN or self._written + size > self._most:
            return {"size": size, "digests": [digest(block, dtype) for block in blocks]}
        place = {"size": size, "at": self._written}
        for block in blocks:
            self._file.write(block)
        self._written += size
        return place


class Digested:
    """Keeps nothing: for a graph that is only to be told from another one."""

    def keep(self, blocks: Iterator, size: int, dtype: str) -> dict:
        found = hashlib.sha256()
        for block in blocks:
            found.update(block)
        return {"sha256": found.hexdigest(), "size": size}


def of_bytes(data: Any) -> Iterator:
    view = memoryview(data).cast("B")
    for at in range(0, view.nbytes, BLOCK):
        yield view[at : at + BLOCK]


def of_array(array: Any, dtype: Any) -> Iterator:
    """An array's elements in row order, as that dtype. Only what does not lie so in memory is copied, a block at a time."""
    numpy = sys.modules["numpy"]
    step = BLOCK // dtype.itemsize or 1
    if array.flags.c_contiguous and array.dtype == dtype:
        flat = array.reshape(-1)
        for at in range(0, flat.size, step):
            yield memoryview(flat[at : at + step].view("u1"))
        return
    if array.size == 0:
        return
    flags = ["external_loop", "buffered", "growinner"]
    walk = numpy.nditer(array, flags, [["readonly"]], order="C", op_dtypes=[dtype], casting="equiv", buffersize=step)
    waiting: list = []
    held = 0
    for piece in walk:
        # numpy gives pieces of its own size: they are put together to blocks.
        while held + piece.size >= step:
            room = step - held
            yield b"".join([*waiting, piece[:room].tobytes()])
            waiting, held, piece = [], 0, piece[room:]
        if piece.size:
            waiting.append(piece.tobytes())
            held += piece.size
    if waiting:
        yield b"".join(waiting)


def digest(block: Any, dtype: str) -> str:
    """The same for blocks whose numbers are equal: minus zero is zero, and one NaN is another."""
    if dtype[1:2] in ("f", "c"):
        numpy = sys.modules["numpy"]
        numbers = numpy.frombuffer(block, dtype).copy()
        numbers[numbers == 0] = 0
        numbers[numpy.isnan(numbers)] = numpy.nan
        block = numbers.tobytes()
    return hashlib.blake2b(block, digest_size=16).hexdigest()
