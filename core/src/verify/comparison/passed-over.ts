import type { Dataflow } from "../../dataflow/model.ts";
import { isPassedOver } from "../../project/edits/display-edits.ts";

/** Cells that end in an expression such as `model.fit(X, y)`, whose value is shown although nobody looks at it. */
export function passedOverCells({ cells }: Pick<Dataflow, "cells">): readonly number[] {
  return cells.flatMap(({ cell, statements }) => {
    const last = statements.at(-1);
    return last !== undefined && isPassedOver(last) ? [cell.index] : [];
  });
}
