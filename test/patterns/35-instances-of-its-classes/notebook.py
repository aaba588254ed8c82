# %%
import enum
import logging
from collections import defaultdict, namedtuple
from dataclasses import dataclass, field
from typing import NamedTuple
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import FunctionTransformer
logging.basicConfig(level=logging.INFO)
logger = logging.getLogger("kinds")
# %% [markdown]
# # Kinds
# %%
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
# %% [markdown]
# # Load data
# %%
df = pd.DataFrame({"x": np.arange(1.0, 11.0)})
df["y"] = df.x * 3
df["level"] = [Level.LOW if value < 5 else Level.HIGH for value in df.x]
rows = [Row(Level.LOW, 1.5), Row(Level.HIGH, 2.5)]
settings = Settings(names=["x"])
point = Point(1.0, 2.0)
pair = Pair("a", 2)
colours = {Colour.RED: 1, Colour.BLUE: 2}
mood = Mood.GOOD
rights = Right.READ | Right.WRITE
counts = defaultdict(nothing)
counts["a"][0] += 1
logger.info("%d rows", len(df))
# %% [markdown]
# # Train model
# %%
settings.depth += 1
scale = FunctionTransformer(logarithm)
model = LinearRegression().fit(scale.fit_transform(df[settings.names]), df.y)
colours[Colour.RED] += 1
counts["b"][1] += 5
logger.info("fitted")
# %% [markdown]
# # Evaluate
# %%
score = model.score(scale.transform(df[["x"]]), df.y)
print(round(score, 3), point.x + pair.right, colours[Colour.RED], mood is Mood.GOOD, rights & Right.READ)
print(max(rows), df.level.max() is Level.HIGH, dict(counts), counts["c"], settings)
