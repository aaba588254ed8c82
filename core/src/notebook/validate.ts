import type { JsonPath } from "./json-text.ts";
import * as schemas from "./schemas/validators.js";

/** What is wrong with a notebook's structure, and where. */
export interface StructureFault {
  readonly path: JsonPath;
  /** `must be array`. */
  readonly message: string;
}

type Validator = typeof schemas.v4_notebook;

interface Version {
  readonly notebook: Validator;
  readonly cells: Readonly<Record<string, Validator>>;
  readonly outputs: Readonly<Record<string, Validator>>;
}

const versions: Readonly<Record<3 | 4, Version>> = {
  3: {
    notebook: schemas.v3_notebook,
    cells: {
      code: schemas.v3_code_cell,
      markdown: schemas.v3_markdown_cell,
      html: schemas.v3_markdown_cell,
      heading: schemas.v3_heading_cell,
      raw: schemas.v3_raw_cell,
    },
    outputs: {
      pyout: schemas.v3_pyout,
      display_data: schemas.v3_display_data,
      stream: schemas.v3_stream,
      pyerr: schemas.v3_pyerr,
    },
  },
  4: {
    notebook: schemas.v4_notebook,
    cells: { code: schemas.v4_code_cell, markdown: schemas.v4_markdown_cell, raw: schemas.v4_raw_cell },
    outputs: {
      execute_result: schemas.v4_execute_result,
      display_data: schemas.v4_display_data,
      stream: schemas.v4_stream,
      error: schemas.v4_error,
    },
  },
};

/**
 * Validates against nbformat's schemas of version 3 or 4.5, relaxed where real files differ and nothing is lost
 * (scripts/compile-notebook-schemas.ts says where). Outputs of unknown types pass, as nbformat carries them for its
 * future; cells of unknown types do not, since what they hold would be left out.
 */
export function structureFault(parsed: unknown, major: 3 | 4): StructureFault | undefined {
  const version = versions[major];
  const fault = check(version.notebook, parsed, []);
  if (fault !== undefined) return fault;
  for (const [path, cell] of cellsOf(parsed as Frame, major)) {
    const validator = validatorFor(version.cells, cell.cell_type);
    if (validator === undefined) {
      const known = Object.keys(version.cells).join(", ");
      return { path: [...path, "cell_type"], message: `must be one of ${known}` };
    }
    const inCell = check(validator, cell, path) ?? outputFault(version, cell, path);
    if (inCell !== undefined) return inCell;
  }
  return undefined;
}

interface Frame {
  readonly cells?: readonly RawCell[];
  readonly worksheets?: readonly { readonly cells?: readonly RawCell[] }[];
}

interface RawCell {
  readonly cell_type: string;
  readonly outputs?: readonly { readonly output_type: string }[];
}

function* cellsOf(frame: Frame, major: 3 | 4): Generator<[JsonPath, RawCell]> {
  if (major === 4) {
    for (const [index, cell] of (frame.cells ?? []).entries()) yield [["cells", index], cell];
    return;
  }
  for (const [sheet, worksheet] of (frame.worksheets ?? []).entries()) {
    for (const [index, cell] of (worksheet.cells ?? []).entries()) yield [["worksheets", sheet, "cells", index], cell];
  }
}

function outputFault(version: Version, cell: RawCell, path: JsonPath): StructureFault | undefined {
  if (cell.cell_type !== "code") return undefined;
  for (const [index, output] of (cell.outputs ?? []).entries()) {
    const validator = validatorFor(version.outputs, output.output_type);
    const fault = validator && check(validator, output, [...path, "outputs", index]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The types come from the file: `constructor` is none, though every object has one. */
function validatorFor(validators: Readonly<Record<string, Validator>>, type: string): Validator | undefined {
  return Object.hasOwn(validators, type) ? validators[type] : undefined;
}

function check(validator: Validator, data: unknown, path: JsonPath): StructureFault | undefined {
  if (validator(data)) return undefined;
  const errors = validator.errors ?? [];
  // `oneOf` stands only for text or a list of lines once cells and outputs are told apart by their types.
  const message =
    errors.length > 1
      ? "must be text or a list of lines"
      : (errors[0]?.message?.replace(",", " or ") ?? "is not valid");
  return { path: [...path, ...pointer(errors.at(-1)?.instancePath ?? "")], message };
}

/** The steps of a JSON pointer (RFC 6901); a step of digits is an index. */
function pointer(text: string): JsonPath {
  return text
    .split("/")
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~")));
}
