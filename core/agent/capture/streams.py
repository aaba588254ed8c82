"""Global streams of random numbers: seeding, and a state of its own for each stage.

In the project every stage is a process that seeds at its start. In the notebook stages may be interleaved, so each gets
the streams that it would have had alone: seeded when it begins, put back where they were when it goes on.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any


class Random:
    library = "random"

    def seed(self, module: Any, seed: int) -> None:
        module.seed(seed)

    def state(self, module: Any) -> Any:
        return module.getstate()

    def restore(self, module: Any, state: Any) -> None:
        module.setstate(state)


class Numpy:
    library = "numpy.random"

    def seed(self, module: Any, seed: int) -> None:
        module.seed(seed % 2**32)

    def state(self, module: Any) -> Any:
        return module.get_state()

    def restore(self, module: Any, state: Any) -> None:
        module.set_state(state)


class Torch:
    library = "torch"

    def seed(self, module: Any, seed: int) -> None:
        module.manual_seed(seed)

    def state(self, module: Any) -> Any:
        return module.get_rng_state(), module.cuda.get_rng_state_all() if module.cuda.is_available() else None

    def restore(self, module: Any, state: Any) -> None:
        module.set_rng_state(state[0])
        if state[1] is not None:
            module.cuda.set_rng_state_all(state[1])


class Tensorflow:
    """Its global generator can be seeded, but its counter cannot be read: a stage that goes on starts it anew."""

    library = "tensorflow"

    def seed(self, module: Any, seed: int) -> None:
        module.random.set_seed(seed)

    def state(self, module: Any) -> Any:
        return None

    def restore(self, module: Any, state: Any) -> None:
        return None


STREAMS: dict = {"random": Random(), "numpy": Numpy(), "torch": Torch(), "tensorflow": Tensorflow()}


class Streams:
    """The streams that nothing in the notebook seeds."""

    def __init__(self, names: list, seed: int):
        self._streams = [STREAMS[name] for name in names]
        self._seed = seed
        self._kept: dict = {}
        self._stage: Any = None

    def enter(self, stage: str) -> None:
        """Gives the streams to a stage: seeded the first time, then as it left them."""
        if stage == self._stage:
            return
        # Between stages nothing is imported: the notebook may set up its libraries before it imports them.
        modules = [library(stream.library, may_import=stage != "") for stream in self._streams]
        if self._stage is not None:
            self._kept[self._stage] = [module and stream.state(module) for stream, module in zip(self._streams, modules)]
        states = self._kept.get(stage) or [None] * len(modules)
        for stream, module, state in zip(self._streams, modules, states):
            if module and state is None:
                stream.seed(module, self._seed)
            elif module:
                stream.restore(module, state)
        self._stage = stage


def library(name: str, may_import: bool) -> Any:
    """The module of a stream; None where it is not there, as the notebook will find out itself."""
    if not may_import:
        return sys.modules.get(name)
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
