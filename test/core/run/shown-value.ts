import fc from "fast-check";
import { type ParameterValue, PythonFloat } from "../../../core/src/run/parameters/parameter-value.ts";

/** Values of parameters of every kind, nested. */
export const { value: anyParameterValue } = fc.letrec<{ value: ParameterValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      '"',
      "\\",
      "\n",
      "\t",
      "é",
      "😀",
      "\u0000",
      "yes",
      "~",
      "1e3",
      "012",
      "2024-01-01",
      " a: b ",
      "# x",
    ),
    fc.maxSafeInteger(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.double().map((number) => new PythonFloat(number)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
  ),
}));

/** What `pythonShow` says of a value: types are told apart, text is compared by code points, floats by their bits. */
export function shown(value: ParameterValue): unknown {
  if (value === null) return ["NoneType", "None"];
  if (typeof value === "boolean") return ["bool", value ? "True" : "False"];
  if (typeof value === "string") return ["str", [...value].map((character) => character.codePointAt(0))];
  if (value instanceof PythonFloat) {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value.value);
    return ["float", Number.isNaN(value.value) ? "nan" : bytes.toString("hex")];
  }
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object") return ["int", String(value)];
  return ["dict", Object.entries(value).map(([key, item]) => [shown(key), shown(item)])];
}

/** Python that defines `show`, which says the same of its value. */
export const pythonShow = `
import json, struct, sys
def show(v):
    if isinstance(v, float): return ["float", "nan" if v != v else struct.pack(">d", v).hex()]
    if isinstance(v, str): return ["str", [ord(c) for c in v]]
    if isinstance(v, list): return [show(i) for i in v]
    if isinstance(v, dict): return ["dict", [[show(k), show(i)] for k, i in v.items()]]
    return [type(v).__name__, str(v)]
`;
