/** The commands of package.json. Each takes the notebook to work on; without it, the active one. */
export const commandIds = {
  analyze: "reprise.analyze",
  showGraph: "reprise.showGraph",
  convert: "reprise.convert",
  run: "reprise.run",
} as const;
