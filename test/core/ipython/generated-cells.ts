/** A random number between 0 and 1 for each call, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const names = ["x", "df", "model", "größe", "_tmp", "a1"];
const magicNames = "time timeit prun matplotlib env cd run load store pylab who my.magic sx capture config pip".split(
  " ",
);
const cellMagicNames = "time timeit capture bash writefile sql R html prun python3 frobnicate javascript".split(" ");
const tails = ["", "", "", " ", "  # why", "  # why?", ";", " ;", "?", " \\", "\t"];

/** `count` cells made of IPython's and Python's forms, in each other's way: the same for the same seed. */
export function generateCells(seed: number, count: number): readonly string[] {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chance = (share: number) => random() < share;

  const expression = (depth = 0): string => {
    const name = pick(names);
    if (depth > 2) return name;
    return pick([
      () => name,
      () => `${name} % ${expression(depth + 1)}`,
      () => `${name}.head(${expression(depth + 1)})`,
      () => `f(${expression(depth + 1)}, k=${expression(depth + 1)})`,
      () => `[${expression(depth + 1)}, ${expression(depth + 1)}]`,
      () => `'%s?' % ${name}`,
      () => `"!ls"`,
      () => `f'{${name}!r:>10}'`,
      () => `{'a': ${name} != 1}`,
      () => `lambda v=${name}: v`,
      () => `(${name}\n  % ${expression(depth + 1)})`,
      () => `"""a\n%time b\n!c?\n"""`,
      () => `${name} \\\n  % 3`,
      () => `await ${name}`,
    ])();
  };
  const argument = (): string =>
    pick([
      () => "",
      () => `${pick(names)} = ${expression(2)}`,
      () => expression(2),
      () => `-n 10 ${expression(2)}`,
      () => "-r x y",
      () => "helpers.py --fast",
      () => 'it\'s "q" \\d',
      () => "{x} $y $$z",
      () => "a  b",
      () => "inline # c",
      () => "A=1; B=2",
    ])();
  const magic = () => `%${chance(0.06) ? " " : ""}${pick(magicNames)}${chance(0.85) ? ` ${argument()}` : ""}`;
  const shell = () =>
    `${pick(["!", "!", "! ", "!!"])}${pick(["ls -l", "echo (", "echo 'a\" b", "cat {x} | wc", "pip install x", ""])}`;
  const target = () => pick(["x", "a, b", "x.y", "x[0]", "x['k']", "x: list", "a = b", "*a, b"]);
  const simple = (): string =>
    pick([
      () => `${target()} = ${expression()}`,
      () => `${target()} = ${expression()}`,
      () => expression(),
      () => `${pick(names)} ${pick(["+=", "%=", "/=", "//=", "**="])} ${expression(2)}`,
      () => `# comment${pick(["", "?", " %time x", " !ls"])}`,
      () => `import numpy as np; ${expression(2)}`,
      () => magic(),
      () => magic(),
      () => shell(),
      () => `${target()} = ${magic()}`,
      () => `${target()} = ${shell()}`,
      () =>
        `${pick(["", "%", "%%"])}${pick([...names, "df.head", "np.*load*", "items[0].a", "x['k']", "f(x)"])}${pick(["?", "??", " ?"])}`,
      () => `${pick(["?", "??", "? "])}${pick([...names, "df.head", "%time", ""])}`,
      () => `${pick([",", ";", "/"])}f ${pick(["a b", "a", ""])}`,
      () => `get_ipython().run_line_magic('time', '${pick(names)}')`,
      () => pick(["", "", "  ", "\t"]),
      () => pick(["x = (", ")", '"""', "'", "]", "}", "x = [", "\\"]),
      () => "%%time",
    ])() + pick(tails);
  const block = (indent: string): readonly string[] => {
    const head = pick([
      "if x:",
      "for i in y:",
      "def f(a, b=1):",
      "try:",
      "with open(x) as h:",
      "class A:",
      "while True:",
    ]);
    const deeper = indent + pick(["    ", "  ", "\t"]);
    const lines = [indent + head];
    for (let at = 0; at < 1 + Math.floor(random() * 3); at++) {
      if (chance(0.2) && indent.length < 8) lines.push(...block(deeper));
      else lines.push(deeper + simple());
    }
    return lines;
  };
  const cell = (): string => {
    const lines: string[] = [];
    while (chance(0.1)) lines.push(pick(["", "  ", "# note", "\t"]));
    if (chance(0.15)) lines.push(`%%${pick(cellMagicNames)}${chance(0.5) ? ` ${argument()}` : ""}`);
    if (chance(0.04)) lines.push(`%%${pick(cellMagicNames)}`);
    const size = 1 + Math.floor(random() * 5);
    for (let at = 0; at < size; at++) lines.push(...(chance(0.25) ? block("") : [simple()]));
    const prompted = chance(0.04) ? lines.map((line, at) => `${at === 0 ? ">>> " : "... "}${line}`) : lines;
    const numbered = chance(0.03) ? lines.map((line, at) => `${at === 0 ? "In [3]: " : "   ...: "}${line}`) : prompted;
    const margin = chance(0.08) ? pick(["  ", "    ", "\t"]) : "";
    return numbered.map((line) => margin + line).join("\n") + (chance(0.6) ? "" : "\n");
  };
  return Array.from({ length: count }, cell);
}
