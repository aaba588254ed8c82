import type { PipelinePlan } from "../../plan/plan.ts";

const imports = {
  random: "import random",
  numpy: "import numpy as np",
  torch: "import torch",
  tensorflow: "import tensorflow as tf",
};

/** What the template of `seeds.py` is filled in with. */
export function seedsView({ seeding }: PipelinePlan): object {
  const flags = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, true]));
  const carried = [...new Set(seeding.carried.map(({ stream }) => stream))];
  const used = [...new Set([...seeding.seeded, ...carried])];
  return {
    imports: [...used.map((stream) => imports[stream]), ...(carried.length > 0 ? ["from typing import Any"] : [])],
    any: seeding.seeded.length > 0,
    seeded: flags(seeding.seeded),
    carries: carried.length > 0,
    carried: flags(carried),
    names: seeding.seeded.join(", "),
  };
}
