import { addAndRun, all, before, code, type Operator } from "./operator.ts";

const seeds = [/, random_state=\d+/, /(?<=default_rng\()\d+/, /^np\.random\.seed\(\d+\)\n?/m];

export const randomness: readonly Operator[] = [
  {
    name: "take a seed away",
    plant(subject) {
      const found = subject.sites.flatMap((site) =>
        seeds.filter((seed) => seed.test(site.source)).map((seed) => ({ site, seed })),
      );
      if (found.length === 0) return undefined;
      const { site, seed } = subject.random.pick(found);
      return {
        steps: before(subject, site.id, { edit: site.id, source: site.source.replace(seed, "") || "pass" }),
        expected: [{ rules: ["NB201", "NB202", "NB204"] }],
      };
    },
  },
  {
    name: "draw without a seed",
    plant(subject) {
      const [first, second] = subject.random.pick([
        ["import random", "chosen = random.random()"],
        ["import random", "chosen = random.sample(range(1000), 3)"],
        ["from numpy.random import default_rng", "chosen = default_rng().normal(size=3)"],
      ] as const);
      const cell = code("drawn", first, second, "chosen");
      return {
        steps: [...all(subject), ...addAndRun(cell)],
        expected: [{ rules: ["NB201"], cell: cell.id, subject: "chosen" }],
      };
    },
  },
  {
    name: "seed after the draw",
    plant(subject) {
      const [drawn, seeded] = [
        code("drawn", "import random", "noise = random.gauss(0, 1)"),
        code("seeded", `random.seed(${subject.random.between(0, 99)})`, "more = random.gauss(0, 1)"),
      ];
      return {
        steps: [...all(subject), ...addAndRun(drawn), ...addAndRun(seeded)],
        expected: [{ rules: ["NB202"], cell: drawn.id, subject: "noise" }],
      };
    },
  },
  {
    name: "shift a stream",
    plant(subject) {
      const cells = [
        code("seeded", "import random", "random.seed(3)"),
        code("left", "left = [random.random() for _ in range(3)]", "left"),
        code("right", "right = random.choice(range(100))", "right"),
      ] as const;
      return {
        steps: [
          ...all(subject),
          ...cells.map((cell) => ({ add: cell })),
          { run: "seeded" },
          { run: "right" },
          { run: "left" },
        ],
        expected: [{ rules: ["NB203"] }],
      };
    },
  },
  {
    name: "the order of a set",
    plant(subject) {
      const cell = code(
        "unordered",
        'names = list(set(["ann", "bob", "cleo", "dora", "emil", "fay", "gus"]))',
        "names",
      );
      return {
        steps: [...all(subject), ...addAndRun(cell)],
        expected: [{ rules: ["NB205"], cell: cell.id, subject: "names" }],
      };
    },
  },
  {
    name: "the time of the run",
    plant(subject) {
      const cell = subject.random.pick([
        code("clock", "from datetime import datetime", "today = datetime.now()", "today"),
        code("clock", "import datetime as dt", "today = dt.date.today()", "moment = dt.datetime.now().isoformat()"),
        code("clock", "import uuid", "today = uuid.uuid4().hex"),
      ]);
      return {
        steps: [...all(subject), ...addAndRun(cell)],
        expected: [{ rules: ["NB206"], cell: cell.id, subject: "today" }],
      };
    },
  },
];
