import {
  addAndRun,
  after,
  all,
  before,
  code,
  definitions,
  escaped,
  type Operator,
  otherNumber,
  type Site,
  shows,
} from "./operator.ts";

/** A cell that makes a value of its own earlier value, with its name. */
const updates = [/^(\w+)(?:\["\w+"\])? [-+*/]= /m, /^(\w+)(\["\w+"\])? = \1\2 [-+*/] /m, /^(\w+)\.(?:append|add)\(/m];

export function updateIn({ source }: Site): string | undefined {
  for (const update of updates) {
    const name = update.exec(source)?.[1];
    // What the cell makes itself starts anew in each run.
    if (name !== undefined && !new RegExp(`^${name} = (?!${name}\\b)`, "m").test(source)) return name;
  }
  return undefined;
}

/** A cell that makes a table or a container, with its name, where cells below use it. */
function containers(subject: Parameters<Operator["plant"]>[0]) {
  return subject.sites.flatMap((site) =>
    site.binds.flatMap((name) => {
      const made = new RegExp(`^${escaped(name)} = (pd\\.(?:DataFrame|read_csv)\\(|\\[|\\{)`, "m").exec(
        site.source,
      )?.[1];
      const user = subject.sites.find(({ at, loads }) => at > site.at && loads.includes(name));
      if (made === undefined || user === undefined) return [];
      const change = made === "[" ? ".append(0)" : made === "{" ? '["added"] = 0' : '["added"] = 1';
      return [{ site, name, user, change }];
    }),
  );
}

export const hiddenState: readonly Operator[] = [
  {
    name: "delete a definition's cell",
    plant(subject) {
      const found = definitions(subject);
      if (found.length === 0) return undefined;
      const { site, name, users } = subject.random.pick(found);
      return {
        steps: [...all(subject), { delete: site.id }],
        expected: [{ rules: ["NB103", "NB101"], cell: users[0]?.id as string, subject: name }],
      };
    },
  },
  {
    name: "rename after the run",
    plant(subject) {
      const found = definitions(subject).filter(({ site, name }) =>
        new RegExp(`^(?:${name} = |def ${name}\\()`, "m").test(site.source),
      );
      if (found.length === 0) return undefined;
      const { site, name, users } = subject.random.pick(found);
      const renamed = subject.random.pick([`${name}_new`, `${name}2`, `my_${name}`]);
      return {
        steps: [
          ...all(subject),
          { edit: site.id, source: site.source.replace(new RegExp(`\\b${name}\\b`, "g"), renamed) },
        ],
        expected: [{ rules: ["NB103", "NB101"], cell: users[0]?.id as string, subject: name }],
      };
    },
  },
  {
    name: "move a definition to the end",
    plant(subject) {
      const found = definitions(subject);
      if (found.length === 0) return undefined;
      const { site, name, users } = subject.random.pick(found);
      return {
        steps: [...all(subject), { move: site.id }],
        expected: [{ rules: ["NB102", "NB101", "NB103"], cell: users[0]?.id as string, subject: name }],
      };
    },
  },
  {
    name: "swap cells",
    plant(subject) {
      const found = subject.sites.flatMap((site) =>
        subject.sites
          .filter((other) => other.at > site.at && other.at <= site.at + 4)
          .flatMap((other) =>
            other.loads.filter((name) => site.binds.includes(name)).map((name) => ({ site, other, name })),
          ),
      );
      if (found.length === 0) return undefined;
      const { site, other, name } = subject.random.pick(found);
      return {
        steps: [...all(subject), { move: other.id, before: site.id }],
        expected: [{ rules: ["NB101", "NB102", "NB103", "NB104", "NB106"], cell: other.id, subject: name }],
      };
    },
  },
  {
    name: "run again at the end",
    plant(subject) {
      const found = subject.sites.flatMap((site) =>
        site.loads
          .filter((name) =>
            subject.sites.some(
              ({ at, source }) =>
                at > site.at && new RegExp(`^${escaped(name)}(?:\\[.*\\])? [-+*/]?= `, "m").test(source),
            ),
          )
          .map((name) => ({ site, name })),
      );
      const shown = found.filter(({ site }) => shows(site));
      if (shown.length === 0) return undefined;
      const { site, name } = subject.random.pick(shown);
      return {
        steps: [...all(subject), { run: site.id }],
        expected: [{ rules: ["NB104", "NB106", "NB109"], cell: site.id, subject: name }],
      };
    },
  },
  {
    name: "run an update twice",
    plant(subject) {
      const found = subject.sites.filter((site) => updateIn(site) !== undefined);
      if (found.length === 0) return undefined;
      const site = subject.random.pick(found);
      return {
        steps: after(subject, site.id, { run: site.id }),
        expected: [{ rules: ["NB109"], cell: site.id, subject: updateIn(site) as string }],
      };
    },
  },
  {
    name: "edit upstream, leave the rest",
    plant(subject) {
      const found = subject.sites.flatMap((site) => {
        const source = otherNumber(site.source);
        const user = subject.sites.find(
          (other) => other.at > site.at && shows(other) && other.loads.some((name) => site.binds.includes(name)),
        );
        return source === undefined || user === undefined ? [] : [{ site, source, user }];
      });
      if (found.length === 0) return undefined;
      const { site, source, user } = subject.random.pick(found);
      const name = user.loads.find((one) => site.binds.includes(one)) as string;
      return {
        steps: [...all(subject), { edit: site.id, source }, { run: site.id }],
        expected: [{ rules: ["NB106", "NB104"], cell: user.id, subject: name }],
      };
    },
  },
  {
    name: "edit after a warning",
    plant(subject) {
      const found = subject.sites.filter(({ source }) => otherNumber(source) !== undefined && !/^[%!]/m.test(source));
      if (found.length === 0) return undefined;
      const site = subject.random.pick(found);
      const warned = `import warnings\nwarnings.warn("look at this")\n${site.source}`;
      return {
        steps: [
          ...before(subject, site.id, { edit: site.id, source: warned }),
          { edit: site.id, source: otherNumber(warned) as string },
        ],
        expected: [{ rules: ["NB105"], cell: site.id }],
      };
    },
  },
  {
    name: "mend an error without running",
    plant(subject) {
      const site = subject.random.pick(subject.sites);
      const broken = `${site.source}\nint("seven")`;
      return {
        steps: [
          ...all(subject),
          { edit: site.id, source: broken },
          { run: site.id },
          { edit: site.id, source: `${site.source}\nint("7")` },
        ],
        expected: [{ rules: ["NB105"], cell: site.id }],
      };
    },
  },
  {
    name: "fail and go on",
    plant(subject) {
      const found = definitions(subject).filter(({ site, name }) => new RegExp(`^${name} = `, "m").test(site.source));
      if (found.length === 0) return undefined;
      const { site, name } = subject.random.pick(found);
      const broken = site.source.replace(new RegExp(`^${name} = `, "m"), (line) => `int("seven")\n${line}`);
      const rest = subject.sites.filter(({ at }) => at > site.at).map(({ id }) => ({ run: id }));
      return {
        steps: [...all(subject), { edit: site.id, source: broken }, { run: site.id }, ...rest],
        expected: [{ rules: ["NB110"], cell: site.id, subject: name }],
      };
    },
  },
  {
    name: "restart in the middle",
    plant(subject) {
      const { sites, random } = subject;
      if (sites.length < 4) return undefined;
      const again = sites.slice(0, random.between(2, sites.length - 1));
      return {
        steps: [...all(subject), { restart: true }, ...again.map(({ id }) => ({ run: id }))],
        expected: [{ rules: ["NB114"] }],
        times: true,
      };
    },
  },
  {
    name: "an alternative that never ran",
    plant(subject) {
      const found = definitions(subject).filter(({ site, name }) => new RegExp(`^${name} = `, "m").test(site.source));
      if (found.length === 0) return undefined;
      const { name, users } = subject.random.pick(found);
      const cell = code("alternative", `${name} = None`);
      return {
        steps: [...all(subject), { add: cell, before: users[0]?.id as string }],
        expected: [{ rules: ["NB113"], cell: cell.id, subject: name }],
      };
    },
  },
  {
    name: "shadow a builtin",
    plant(subject) {
      const found = subject.sites.flatMap((site) => {
        const name = /(?<![\w.])(sum|max|min|len|sorted|range|print|list|str)\(/.exec(site.source)?.[1];
        return name === undefined ? [] : [{ site, name }];
      });
      if (found.length === 0) return undefined;
      const { site, name } = subject.random.pick(found);
      const cell = code("shadow", `${name} = ${subject.random.pick(["12", "[1, 2]", '"text"'])}`);
      return {
        steps: [...all(subject), ...addAndRun(cell, site)],
        expected: [{ rules: ["NB115"], cell: site.id, subject: name }],
      };
    },
  },
  {
    name: "change through an alias",
    plant(subject) {
      const found = containers(subject);
      if (found.length === 0) return undefined;
      const { name, user, change } = subject.random.pick(found);
      const [alias, changed] = [code("alias", `other = ${name}`), code("changed", `other${change}`)];
      return {
        steps: before(subject, user.id, ...addAndRun(alias, user), ...addAndRun(changed, user)),
        expected: [{ rules: ["NB108"], cell: changed.id, subject: name }],
      };
    },
  },
  {
    name: "change through a function",
    plant(subject) {
      const found = containers(subject);
      if (found.length === 0) return undefined;
      const { name, user, change } = subject.random.pick(found);
      const [made, called] = [
        code("made", "def prepare(values):", `    values${change}`, "    return values"),
        code("called", `prepared = prepare(${name})`),
      ];
      return {
        steps: before(subject, user.id, ...addAndRun(made, user), ...addAndRun(called, user)),
        expected: [{ rules: ["NB108"], cell: called.id, subject: name }],
      };
    },
  },
  {
    name: "rebind what a function reads",
    plant(subject) {
      const found = subject.sites.flatMap((site) => {
        const [, name] = /^def (\w+)\(/m.exec(site.source) ?? [];
        const free = subject.sites.find(
          ({ at, binds, source }) =>
            at < site.at &&
            binds.some((one) => site.loads.includes(one) && new RegExp(`^${one} = [\\d./ ]+$`, "m").test(source)),
        );
        const constant = free?.binds.find((one) => site.loads.includes(one));
        const user = subject.sites.find(
          ({ at, source }) => at > site.at && new RegExp(`^(?!def |class )\\S.*\\b${name}\\(`, "m").test(source),
        );
        return name === undefined || constant === undefined || user === undefined ? [] : [{ name, constant }];
      });
      if (found.length === 0) return undefined;
      const { name, constant } = subject.random.pick(found);
      const [rebound, called] = [code("rebound", `${constant} = 99`), code("called", `print(${name}(7))`)];
      return {
        steps: [...all(subject), ...addAndRun(rebound), ...addAndRun(called)],
        expected: [{ rules: ["NB107"], cell: rebound.id, subject: constant }],
      };
    },
  },
  {
    name: "use the history",
    plant(subject) {
      const found = subject.sites.filter((site) => shows(site) && !/\bprint\(/.test(site.source));
      if (found.length === 0) return undefined;
      const number = subject.random.pick(found).at + 1;
      const cell = code("remembered", `kept = ${subject.random.chance(0.5) ? `Out[${number}]` : `_${number}`}`, "kept");
      return { steps: [...all(subject), ...addAndRun(cell)], expected: [{ rules: ["NB116"], cell: cell.id }] };
    },
  },
];
