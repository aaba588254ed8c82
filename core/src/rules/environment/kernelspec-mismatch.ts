import { firstLine, rule } from "../rule.ts";

/** Kernels that an installation of Jupyter, or a well-known service, has by this name. */
const common =
  /^(?:python[23]?|ir|julia-[\d.]+|colab|sagemath|databricks.*|synapse_pyspark|pyspark|conda_python3|conda-base-py|base)$/i;

export const kernelspecMismatch = rule("NB403", function* ({ notebook }) {
  const { kernelName, languageVersion, metadata } = notebook;
  const cell = notebook.cells.find(({ kind }) => kind === "code");
  if (kernelName === undefined || cell === undefined) return;
  const wanted = kernelName.match(/^python([23])$/i)?.[1];
  const ran = languageVersion?.split(".", 1)[0];
  const language = metadata.kernelspec?.language;
  const recorded = metadata.language_info?.name;
  const differs =
    wanted !== undefined && ran !== undefined && wanted !== ran
      ? `its kernel is ${kernelName}, and the version that ran it was Python ${languageVersion}`
      : typeof language === "string" && typeof recorded === "string" && plain(language) !== plain(recorded)
        ? `its kernel is for ${language}, and the language that ran it was ${recorded}`
        : undefined;
  if (differs === undefined && common.test(kernelName)) return;
  yield {
    tier: differs === undefined ? "hint" : "proof",
    severity: differs === undefined ? "info" : "warning",
    cell: cell.index,
    range: firstLine(cell),
    subject: kernelName,
    message:
      differs === undefined
        ? `The notebook asks for a kernel named \`${kernelName}\`, which only some machines have: elsewhere Jupyter asks for another, and may take one with other packages. ` +
          "Choose the kernel python3 of an environment that is described beside the notebook."
        : `The notebook contradicts itself: ${differs}. A fresh run may use another language version than the saved one. ` +
          "Choose the kernel again, run all cells, and save.",
    predicts: differs === undefined ? `NoSuchKernel: ${kernelName}` : "another version of the language runs it",
  };
});

/** `ipython` is what some kernels call Python. */
function plain(language: string): string {
  return language
    .toLowerCase()
    .replace(/^ipython/, "python")
    .replace(/\d$/, "");
}
