import { addAndRun, all, code, type Operator } from "./operator.ts";

/** A cell at the end that reaches for something outside the notebook. */
function atTheEnd(name: string, rule: string, ...lines: readonly string[]): Operator {
  return {
    name,
    plant(subject) {
      const cell = code("outside", ...lines);
      return { steps: [...all(subject), ...addAndRun(cell)], expected: [{ rules: [rule], cell: cell.id }] };
    },
  };
}

export const outside: readonly Operator[] = [
  atTheEnd(
    "an absolute path",
    "NB301",
    "import os",
    'place = os.path.expanduser("~/results.txt")',
    'with open(place, "w") as file:',
    '    file.write("done")',
  ),
  atTheEnd("change the folder", "NB303", "import os", 'os.makedirs("below", exist_ok=True)', 'os.chdir("below")'),
  // In pieces, so that no scanner takes this file for a leak.
  atTheEnd("a token in the code", "NB306", `token = "${["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7R8"].join("_")}"`),
  {
    name: "a file between two cells",
    plant(subject) {
      const [written, read] = [
        code("written", "import json", 'with open("between.json", "w") as file:', "    json.dump([1, 2, 3], file)"),
        code("read", 'with open("between.json") as file:', "    between = json.load(file)", "between"),
      ];
      return {
        steps: [...all(subject), ...addAndRun(written), ...addAndRun(read)],
        expected: [{ rules: ["NB305"], cell: read.id, subject: "between" }],
      };
    },
  },
];
