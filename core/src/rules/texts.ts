/** Name and summary of every rule; `docs/rules/<id>.md` explains each with an example. */
export const ruleTexts = {
  NB101: { name: "undefined-name", summary: "A name is used that nothing in the notebook defines." },
  NB102: { name: "defined-later", summary: "A name is used before the only cell that defines it." },
  NB103: {
    name: "phantom-definition",
    summary: "A cell ran with a name that nothing defines any more: its definition was deleted or edited away.",
  },
  NB104: {
    name: "order-divergence",
    summary: "From top to bottom a cell gets another value than it had in the recorded run.",
  },
  NB105: {
    name: "edited-since-run",
    summary: "A cell was edited after it ran: its saved output is that of older code.",
  },
  NB106: { name: "stale-output", summary: "A saved output is older than what it was made of." },
  NB107: {
    name: "free-variable-drift",
    summary: "A global that a function reads gets another value between its calls.",
  },
  NB108: { name: "remote-change", summary: "An object is changed under one name and used under another." },
  NB109: { name: "not-idempotent", summary: "Running the cell once more changes its result." },
  NB110: { name: "failed-then-continued", summary: "A cell failed, and later cells used what it did not get to make." },
  NB111: { name: "out-of-order", summary: "The cells were not run from top to bottom." },
  NB112: { name: "gaps", summary: "Execution counts are missing: cells were deleted or ran again." },
  NB113: { name: "never-run", summary: "A cell that never ran, among cells that did, defines what they use." },
  NB114: { name: "mixed-sessions", summary: "The saved outputs come from more than one kernel session." },
  NB115: {
    name: "shadowed-builtin",
    summary: "A builtin function's name was given to a value, and the function is called later.",
  },
  NB116: {
    name: "kernel-only-input",
    summary: "A cell needs a person, the history of a session, or this user's settings.",
  },
  NB117: { name: "copied-number", summary: "A number in the code was copied by hand from an output." },
  NB118: { name: "syntax-error", summary: "A cell is not Python 3: a run stops there." },
  NB201: { name: "unseeded-draw", summary: "Random numbers are drawn from a stream that nothing seeds." },
  NB202: { name: "seed-after-draw", summary: "Random numbers are drawn before their stream is seeded." },
  NB203: { name: "stream-shift", summary: "Cells drew from a seeded stream in another order than the document's." },
  NB204: { name: "no-random-state", summary: "A random split, search or model has no seed of its own." },
  NB205: { name: "unordered", summary: "Something without a fixed order is made into a sequence." },
  NB206: { name: "clock-or-uuid", summary: "A value depends on the moment of the run." },
  NB207: { name: "accelerator", summary: "A setting makes computing on a GPU unrepeatable." },
  NB208: { name: "network-or-model-call", summary: "The run asks the network or a language model." },
  NB301: { name: "absolute-path", summary: "A path exists on one machine only." },
  NB302: { name: "escapes-project", summary: "A path leads out of the project's folder." },
  NB303: { name: "changes-directory", summary: "A cell changes the folder that relative paths start from." },
  NB304: { name: "missing-file", summary: "A file that is read is not there, and no cell makes it." },
  NB305: { name: "undeclared-file-edge", summary: "A file that one cell writes is read by another." },
  NB306: { name: "secret", summary: "A key, token or password stands in the notebook." },
  NB401: { name: "unpinned-import", summary: "Nothing says which version of an imported package was used." },
  NB402: { name: "install-in-cell", summary: "A cell installs packages while the notebook runs." },
  NB403: {
    name: "kernelspec-mismatch",
    summary: "The notebook's kernel is not the one that ran it, or only some machines have it.",
  },
  NB404: {
    name: "local-module-missing",
    summary: "A module of the project's own is imported, or a file is run, and is not there or cannot be followed.",
  },
  NB405: { name: "api-absent", summary: "A function is used that the library no longer has." },
  NB406: { name: "system-package", summary: "The notebook needs packages of the operating system." },
  NB407: {
    name: "chained-inplace",
    summary: "A column is changed in place, which reaches the table before pandas 3 and not since.",
  },
  NB501: { name: "fit-before-split", summary: "Something is fitted on rows that are split off as test data later." },
  NB502: {
    name: "overlap",
    summary: "Rows are repeated or made of others before they are split into training and test rows.",
  },
  NB503: { name: "test-reused", summary: "Something is chosen by the rows that are held out for the test." },
  NB504: {
    name: "no-held-out",
    summary: "A model is scored on the rows that it was fitted on, and none are held out.",
  },
  NB505: {
    name: "group-or-time",
    summary: "Rows that belong together, by group or by time, are split at random.",
  },
  NB506: { name: "target-derived", summary: "A feature is made of what the model is to predict." },
  NB507: { name: "session-leakage", summary: "An unseeded split ran again between fitting and scoring." },
  NB901: { name: "unused-suppression", summary: "A comment or tag suppresses a finding that is not there." },
} as const;

export type RuleId = keyof typeof ruleTexts;
