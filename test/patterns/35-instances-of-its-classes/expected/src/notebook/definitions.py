"""Functions and classes of the notebook."""

import enum
import logging
from collections import namedtuple
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

logger = logging.getLogger("kinds")


# Kinds
class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Colour(enum.Enum):
    RED = "r"
    BLUE = "b"


class Right(enum.Flag):
    READ = 1
    WRITE = 2


@dataclass
class Settings:
    depth: int = 3
    names: list = field(default_factory=list)


@dataclass(frozen=True, order=True)
class Row:
    level: Level
    value: float


class Point(NamedTuple):
    x: float
    y: float = 0.0


Pair = namedtuple("Pair", ["left", "right"])

Mood = enum.Enum("Mood", ["GOOD", "BAD"])


def logarithm(x):
    return np.log1p(x)


def nothing():
    return [0, 0]
