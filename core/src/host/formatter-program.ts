/** The process that formats (see formatter-process.ts). It formats once before it is asked; few need the linter. */

import type { FormatterReply, FormatterRequest } from "./formatter-process.ts";
import { createRuffFormatter } from "./ruff-formatter.ts";

const format = createRuffFormatter();

async function replyTo({ number, ...request }: FormatterRequest): Promise<FormatterReply> {
  try {
    return { number, formatted: await format(request) };
  } catch (error) {
    return { number, error: error instanceof Error ? error.message : String(error) };
  }
}

process.on("message", async (request: FormatterRequest) => process.send?.(await replyTo(request)));

// A first use of everything that a project's files need.
const settings = { firstParty: "agent", python: "3.11" };
const every = `"""A module."""
from __future__ import annotations
from .params import Params
import pandas as pd
from typing import NamedTuple
import numpy as np
from sklearn.metrics import f1_score, accuracy_score

class Outputs(NamedTuple):
    """Values."""
    frame: pd.DataFrame
    metrics: dict[str, float]

def train(frame: pd.DataFrame, params: Params) -> Outputs:
    """Trains."""
    # reprise-origin:0.0
    # A comment
    X, y = frame.drop(columns=['y']), frame['y'] # and another
    for name in ['a', "b"]:
        frame.loc[frame[name] > 0.5, name] = np.log1p(frame[name]).map(lambda value: value if value else -1)
    try:
        print(f"{accuracy_score(y, X):.3f}", {"a": [1, 2, *range(3)]}, [x for x in X if x == None])
    except ValueError as error: raise RuntimeError("no") from error
    with open("x.csv") as file: text = file.read()
    return Outputs(frame=frame, metrics={"accuracy": accuracy_score(y, X), "params": params.rate, "text": len(text) ** 2})
`;
void format({ draft: every, settings, needsLinter: false });
