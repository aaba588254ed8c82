/**
 * Compiles nbformat's JSON schemas to `core/src/notebook/schemas/validators.js`, so that reading a notebook loads no
 * schema compiler (ajv takes 40 ms to load and compile them, the compiled validators 2 ms).
 * Run by `node scripts/compile-notebook-schemas.ts`; a test says when the file is out of date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type AnySchemaObject } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const folder = join(import.meta.dirname, "..", "core", "src", "notebook", "schemas");

/** What is validated by itself, for each version: the file's frame, and cells and outputs by their type. */
const parts = {
  v3: ["raw_cell", "markdown_cell", "heading_cell", "code_cell", "pyout", "display_data", "stream", "pyerr"],
  v4: ["raw_cell", "markdown_cell", "code_cell", "execute_result", "display_data", "stream", "error"],
} as const;

const files = { v3: "nbformat.v3.schema.json", v4: "nbformat.v4.5.schema.json" } as const;

/**
 * Where the schemas are stricter than the tools that write notebooks. What is relaxed here loses nothing:
 * properties that a schema does not know are kept in the file, and what is missing has one natural value
 * (no outputs, no count, no metadata, no id, `stdout`).
 */
const required: Record<string, readonly string[]> = {
  notebook: [],
  raw_cell: ["cell_type", "source"],
  markdown_cell: ["cell_type", "source"],
  heading_cell: ["cell_type", "source"],
  code_cell: ["cell_type"],
  pyout: ["output_type"],
  execute_result: ["output_type"],
  display_data: ["output_type"],
  stream: ["output_type"],
  pyerr: ["output_type"],
  error: ["output_type"],
};

/** Definitions of which only the type matters to what Reprise reads; their values are carried as they are. */
const opened: Record<string, AnySchemaObject> = {
  cell_id: { type: "string" },
  mimebundle: { type: "object" },
  mimetype: { type: "object" },
  attachments: { type: "object" },
  metadata_name: {},
  metadata_tags: {},
  output_metadata: { type: "object" },
};

/** The text of the compiled validators. */
export async function compileNotebookSchemas(): Promise<string> {
  const ajv = new Ajv({ code: { source: true, esm: true }, strict: false, messages: true });
  const exported: Record<string, string> = {};
  for (const version of ["v3", "v4"] as const) {
    ajv.addSchema(relaxed(version), version);
    exported[`${version}_notebook`] = `${version}#/definitions/notebook`;
    for (const part of parts[version]) exported[`${version}_${part}`] = `${version}#/definitions/${part}`;
  }
  const code = (standalone as unknown as typeof standalone.default)(ajv, exported);
  const bundled = await build({
    stdin: { contents: code, resolveDir: join(import.meta.dirname, ".."), loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    minifySyntax: true,
    minifyWhitespace: true,
    banner: {
      js: "// Made by scripts/compile-notebook-schemas.ts from nbformat's schemas (LICENSE beside this file).",
    },
  });
  return bundled.outputFiles[0]?.text ?? "";
}

function relaxed(version: "v3" | "v4"): AnySchemaObject {
  const schema: AnySchemaObject = JSON.parse(readFileSync(join(folder, files[version]), "utf8"));
  const { definitions, $schema: _dialect, ...frame } = schema;
  const all: Record<string, AnySchemaObject> = { ...definitions, ...definitions.misc };
  const kept: Record<string, AnySchemaObject> = {};
  for (const name of ["notebook", ...parts[version]]) {
    const part = open(name === "notebook" ? frame : (all[name] as AnySchemaObject));
    kept[name] = { ...part, required: required[name] };
  }
  const notebook = kept.notebook as AnySchemaObject;
  notebook.properties = { ...frame.properties, metadata: { type: "object" } };
  const cells = { type: "array", items: typed("cell_type") };
  if (version === "v4") Object.assign(notebook.properties, { cells });
  else
    Object.assign(notebook.properties, {
      worksheets: { type: "array", items: { type: "object", properties: { cells } } },
    });
  Object.assign((kept.code_cell as AnySchemaObject).properties, {
    outputs: { type: "array", items: typed("output_type") },
  });
  const misc = Object.fromEntries(Object.entries(definitions.misc).map(([name, part]) => [name, opened[name] ?? part]));
  if (version === "v4") delete notebook.properties.nbformat_minor.minimum;
  return { $id: version, definitions: { ...kept, misc, cell_id: opened.cell_id } };
}

function typed(property: string): AnySchemaObject {
  return { type: "object", required: [property], properties: { [property]: { type: "string" } } };
}

/** Without bans on unknown properties and without claims about metadata. */
function open(schema: AnySchemaObject): AnySchemaObject {
  const { additionalProperties: _closed, patternProperties: _patterns, ...rest } = schema;
  return {
    ...rest,
    properties: { ...rest.properties, ...(rest.properties?.metadata ? { metadata: { type: "object" } } : {}) },
  };
}

if (import.meta.main) writeFileSync(join(folder, "validators.js"), await compileNotebookSchemas());
