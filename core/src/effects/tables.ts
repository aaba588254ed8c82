import type { EffectTable } from "./table.ts";
import builtins from "./tables/builtins.json" with { type: "json" };
import matplotlib from "./tables/matplotlib.json" with { type: "json" };
import numpy from "./tables/numpy.json" with { type: "json" };
import others from "./tables/others.json" with { type: "json" };
import pandas from "./tables/pandas.json" with { type: "json" };
import sklearn from "./tables/sklearn.json" with { type: "json" };
import standard from "./tables/standard.json" with { type: "json" };
import torch from "./tables/torch.json" with { type: "json" };

/** Every table by its library's first dotted name. */
export const tables: Readonly<Record<string, EffectTable>> = Object.assign(
  Object.create(null),
  Object.fromEntries(
    [builtins, matplotlib, numpy, pandas, sklearn, torch, ...standard, ...others].map((table) => [
      table.library,
      table as unknown as EffectTable,
    ]),
  ),
);
