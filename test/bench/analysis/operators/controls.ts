import { updateIn } from "./hidden-state.ts";
import { addAndRun, after, all, code, type Operator, type Subject, shows } from "./operator.ts";

/** What a formatter does: double quotes, blanks around an operator, an empty line. */
function formatted(source: string): string {
  return `${source.replace(/ = /g, "  =  ").replace(/, /g, ",  ")}\n`;
}

/** Looks at things and changes nothing, so that it can run again at any time. */
function lookers({ sites }: Subject) {
  return sites.filter(
    (site) =>
      shows(site) &&
      site.binds.length === 0 &&
      updateIn(site) === undefined &&
      !/\.(?:fit|append|add|pop)\(|random/.test(site.source),
  );
}

/** Changes that leave what the notebook computes as it is: none of them may be told at strong or above. */
export const controls: readonly Operator[] = [
  { name: "as it is", isControl: true, plant: (subject) => ({ steps: all(subject) }) },
  {
    name: "reformat a cell",
    isControl: true,
    plant(subject) {
      const site = subject.random.pick(subject.sites);
      return /["'%!]/.test(site.source)
        ? undefined
        : { steps: [...all(subject), { edit: site.id, source: formatted(site.source) }] };
    },
  },
  {
    name: "add a comment",
    isControl: true,
    plant(subject) {
      const site = subject.random.pick(subject.sites);
      return /^%%/.test(site.source)
        ? undefined
        : { steps: [...all(subject), { edit: site.id, source: `# Look here.\n${site.source}` }] };
    },
  },
  {
    name: "add a note",
    isControl: true,
    plant(subject) {
      const site = subject.random.pick(subject.sites);
      return {
        steps: [...all(subject), { add: { id: "note", kind: "markdown", source: "## A note" }, before: site.id }],
      };
    },
  },
  {
    name: "run all again",
    isControl: true,
    plant: (subject) => ({ steps: [...all(subject), ...all(subject)] }),
  },
  {
    name: "restart and run all",
    isControl: true,
    plant: (subject) => ({ steps: [...all(subject), { restart: true }, ...all(subject)] }),
  },
  {
    name: "clear all outputs",
    isControl: true,
    plant: (subject) => ({ steps: [...all(subject), { forget: true }] }),
  },
  {
    name: "look again at once",
    isControl: true,
    plant(subject) {
      const found = lookers(subject);
      if (found.length === 0) return undefined;
      const site = subject.random.pick(found);
      return { steps: after(subject, site.id, { run: site.id }) };
    },
  },
  {
    name: "a scratch cell that is gone",
    isControl: true,
    plant(subject) {
      const site = subject.random.pick(subject.sites);
      return { steps: after(subject, site.id, ...addAndRun(code("scratch", "1 + 1")), { delete: "scratch" }) };
    },
  },
  {
    name: "a typo that was mended",
    isControl: true,
    plant(subject) {
      const site = subject.random.pick(subject.sites);
      const steps = all(subject).flatMap((step) =>
        "run" in step && step.run === site.id
          ? [{ edit: site.id, source: `lenght(1)\n${site.source}` }, step, { edit: site.id, source: site.source }, step]
          : [step],
      );
      return /^%%/.test(site.source) ? undefined : { steps };
    },
  },
];
