import type { Fixer } from "./fixer.ts";

/** Puts `sorted(...)` around a listing of files, or a set that is made into a list. */
export const sortedListing: Fixer = (_analysis, { cell, range, subject }) => {
  if (/^(?:enumerate|tuple)\(|scandir$/.test(subject)) return undefined;
  const { start, end } = range;
  return {
    id: "sort",
    title: `Sort what \`${subject}\` gives`,
    edits: [
      { cell, range: { start, end: start }, text: "sorted(" },
      { cell, range: { start: end, end }, text: ")" },
    ],
    changesValues: true,
  };
};
