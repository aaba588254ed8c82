import { type LanguageSyntax, type ParameterSyntax, pythonSyntax, syntaxOf } from "./parameter-syntax.ts";

/**
 * The languages of papermill's translators, and JavaScript. What is written is what papermill writes where that is the
 * value that was meant; where it is not (NaN in R, text with `$` in Julia and PowerShell), the language's own literal.
 */
const bash: LanguageSyntax = {
  name: "Bash",
  comment: (text) => `# ${text}`,
  assign: (name, value) => `${name}=${value}`,
  none: "",
  true: "true",
  false: "false",
  nan: "nan",
  infinity: "inf",
  minusInfinity: "-inf",
  integer: String,
  text: (value) => (/^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`),
  // An array in an array, or in a mapping, would be its text.
  list: (items) => (items.some((item) => item.startsWith("(")) ? undefined : `(${items.join(" ")})`),
  mapping: () => undefined,
};

const r: LanguageSyntax = {
  name: "R",
  comment: (text) => `# ${text}`,
  // As papermill: a name of R cannot begin with an underscore.
  assign: (name, value) => `${name.replace(/^_+/, "")} = ${value}`,
  none: "NULL",
  true: "TRUE",
  false: "FALSE",
  nan: "NaN",
  infinity: "Inf",
  minusInfinity: "-Inf",
  integer: exactDouble,
  // A text of R holds no NUL.
  text: (value) => (value.includes("\0") ? undefined : quoted(value, unicodeEight)),
  list: (items) => `list(${items.join(", ")})`,
  mapping: (items) => `list(${items.map(([key, value]) => `${key} = ${value}`).join(", ")})`,
};

const julia: LanguageSyntax = {
  name: "Julia",
  comment: (text) => `# ${text}`,
  assign: equals,
  none: "nothing",
  true: "true",
  false: "false",
  nan: "NaN",
  infinity: "Inf",
  minusInfinity: "-Inf",
  integer: String,
  text: (value) => quoted(value, unicodeEight).replaceAll("$", "\\$"),
  list: (items) => `[${items.join(", ")}]`,
  mapping: (items) => `Dict(${items.map(([key, value]) => `${key} => ${value}`).join(", ")})`,
};

const scala: LanguageSyntax = {
  name: "Scala",
  comment: (text) => `// ${text}`,
  assign: (name, value) => `val ${name} = ${value}`,
  none: "None",
  true: "true",
  false: "false",
  nan: "Double.NaN",
  infinity: "Double.PositiveInfinity",
  minusInfinity: "Double.NegativeInfinity",
  integer: (value) => sized(value, (text) => `BigInt("${text}")`),
  text: (value) => quoted(value, unicodeUnits),
  list: (items) => `Seq(${items.join(", ")})`,
  mapping: (items) => `Map(${items.map(([key, value]) => `${key} -> ${value}`).join(", ")})`,
};

const csharp: LanguageSyntax = {
  name: "C#",
  comment: (text) => `// ${text}`,
  assign: (name, value) => `var ${name} = ${value};`,
  // `var` takes no null.
  none: undefined,
  true: "true",
  false: "false",
  nan: "double.NaN",
  infinity: "double.PositiveInfinity",
  minusInfinity: "double.NegativeInfinity",
  integer: (value) => sized(value, (text) => `System.Numerics.BigInteger.Parse("${text}")`),
  text: (value) => quoted(value, unicodeEight),
  list: (items) => `new [] { ${items.join(", ")} }`,
  mapping: (items) =>
    `new Dictionary<string,Object>{ ${items.map(([key, value]) => `{ ${key} , ${value} }`).join(", ")} }`,
};

const fsharp: LanguageSyntax = {
  name: "F#",
  comment: (text) => `(* ${text} *)`,
  assign: (name, value) => `let ${name} = ${value}`,
  none: "None",
  true: "true",
  false: "false",
  nan: "nan",
  infinity: "infinity",
  minusInfinity: "-infinity",
  integer: (value) => sized(value, (text) => `${text}I`),
  text: (value) => quoted(value, unicodeEight),
  list: (items) => `[ ${items.join("; ")} ]`,
  mapping: (items) =>
    `[ ${items.map(([key, value]) => `(${key}, ${value} :> IComparable)`).join("; ")} ] |> Map.ofList`,
};

const powershell: LanguageSyntax = {
  name: "PowerShell",
  comment: (text) => `# ${text}`,
  assign: (name, value) => `$${name} = ${value}`,
  none: "$Null",
  true: "$True",
  false: "$False",
  nan: "[double]::NaN",
  infinity: "[double]::PositiveInfinity",
  minusInfinity: "[double]::NegativeInfinity",
  integer: (value) => (isLong(value) ? String(value) : `[bigint]::Parse('${value}')`),
  text: (value) => `'${value.replace(/['‘’‚‛]/g, "$&$&")}'`,
  list: (items) => `@(${items.join(", ")})`,
  mapping: (items) => `@{${items.map(([key, value]) => `${key} = ${value}`).join("\n ")}}`,
};

const matlab: LanguageSyntax = {
  name: "MATLAB",
  comment: (text) => `% ${text}`,
  assign: (name, value) => `${name} = ${value};`,
  none: "NaN",
  true: "true",
  false: "false",
  nan: "NaN",
  infinity: "Inf",
  minusInfinity: "-Inf",
  integer: exactDouble,
  // A literal of MATLAB ends with its line and knows no escapes.
  text: (value) => (/[\n\r\0]/.test(value) ? undefined : `"${value.replaceAll('"', '""')}"`),
  list: (items) => `{${items.join(", ")}}`,
  mapping: (items) =>
    `containers.Map({${items.map(([key]) => key).join(", ")}}, {${items.map(([, value]) => value).join(", ")}})`,
};

const javascript: LanguageSyntax = {
  name: "JavaScript",
  comment: (text) => `// ${text}`,
  assign: (name, value) => `${name} = ${value};`,
  declare: (name, value) => `var ${name} = ${value};`,
  none: "null",
  true: "true",
  false: "false",
  nan: "NaN",
  infinity: "Infinity",
  minusInfinity: "-Infinity",
  integer: (value) => exactDouble(value) ?? `${value}n`,
  text: (value) => quoted(value, unicodeUnits),
  list: (items) => `[${items.join(", ")}]`,
  mapping: (items) => `{${items.map(([key, value]) => `[${key}]: ${value}`).join(", ")}}`,
};

/** By the name of the kernel or of the language, in lower case; the kernel's comes first, as papermill has it. */
const syntaxes: Readonly<Record<string, ParameterSyntax>> = {
  python: pythonSyntax,
  pysparkkernel: pythonSyntax,
  r: syntaxOf(r),
  sparkrkernel: syntaxOf(r),
  scala: syntaxOf(scala),
  sparkkernel: syntaxOf(scala),
  julia: syntaxOf(julia),
  matlab: syntaxOf(matlab),
  octave: syntaxOf(matlab),
  ".net-csharp": syntaxOf(csharp),
  "c#": syntaxOf(csharp),
  ".net-fsharp": syntaxOf(fsharp),
  "f#": syntaxOf(fsharp),
  ".net-powershell": syntaxOf(powershell),
  powershell: syntaxOf(powershell),
  pwsh: syntaxOf(powershell),
  bash: syntaxOf(bash),
  javascript: syntaxOf(javascript),
  typescript: syntaxOf(javascript),
};

/** How parameters are written for a kernel; `undefined` for a language that is not known here. */
export function parameterSyntax(kernel: string | undefined, language: string): ParameterSyntax | undefined {
  return syntaxes[kernel?.toLowerCase() ?? ""] ?? syntaxes[language.toLowerCase()];
}

function equals(name: string, value: string): string {
  return `${name} = ${value}`;
}

/** For languages whose numbers are doubles. */
function exactDouble(value: bigint): string | undefined {
  return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? String(value) : undefined;
}

function isLong(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** As papermill: a suffix for what is more than an `int`; and for what is more than a `long`, which it lets overflow. */
function sized(value: bigint, large: (text: string) => string): string {
  if (!isLong(value)) return large(String(value));
  return BigInt.asIntN(32, value) === value ? String(value) : `${value}L`;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** In double quotes, in ASCII. */
function quoted(text: string, unicode: (character: string) => string): string {
  return `"${text.replace(/[^ !#-[\]-~]/gu, (character) => escapes[character] ?? unicode(character))}"`;
}

function unicodeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, at) => four(character.charCodeAt(at))).join("");
}

function unicodeEight(character: string): string {
  const code = character.codePointAt(0) as number;
  return code < 0x10000 ? four(code) : `\\U${code.toString(16).padStart(8, "0")}`;
}

function four(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
