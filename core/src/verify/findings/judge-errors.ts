import { type ObservedRun, type ObservedStep, stepOf } from "../observation/observed-run.ts";
import { confirmed, type Judge, type Judgement, notDecided, refuted } from "./judgement.ts";

/** Whether the cell stops, from top to bottom, with the error that is predicted. */
function stopsWith(isPredicted: (error: NonNullable<ObservedStep["error"]>, subject: string) => boolean): Judge {
  return ({ cell, subject }, { document }) => {
    const step = stepOf(document, cell);
    if (step === undefined) return notReached(document, cell);
    if (step.error === undefined) return refuted(`cell ${cell} ran to its end from top to bottom`);
    const { name, message } = step.error;
    if (isPredicted(step.error, subject)) return confirmed(`cell ${cell} stopped with ${name}: ${message}`);
    return notDecided(`cell ${cell} stopped before, with ${name}: ${message}`);
  };
}

/** Nothing can be said of a cell that a run did not come to. */
export function notReached({ ended }: ObservedRun, cell: number): Judgement {
  return notDecided(`cell ${cell} was not reached${ended === undefined ? "" : `: ${ended}`}`);
}

export const undefinedName = stopsWith(
  ({ name, message }, subject) => /^(?:NameError|UnboundLocalError)$/.test(name) && message.includes(`'${subject}'`),
);

export const notPython = stopsWith(({ name }) => /^(?:SyntaxError|IndentationError|TabError)$/.test(name));

export const missingModule = stopsWith(
  ({ name, message }, subject) =>
    /^(?:ModuleNotFoundError|ImportError)$/.test(name) && message.includes(subject.split(".", 1)[0] as string),
);

export const absentApi = stopsWith(
  ({ name, message }, subject) =>
    /^(?:AttributeError|ImportError|ModuleNotFoundError|TypeError)$/.test(name) &&
    message.includes(subject.slice(subject.lastIndexOf(".") + 1)),
);

/** The same error again as the one that the file holds. */
export const failsAgain: Judge = ({ cell }, { document }, notebook) => {
  const step = stepOf(document, cell);
  if (step === undefined) return notReached(document, cell);
  if (step.error === undefined) return refuted(`cell ${cell} ran to its end from top to bottom`);
  const saved = notebook.cells[cell];
  const output = saved?.kind === "code" ? saved.outputs.find(({ output_type: type }) => type === "error") : undefined;
  const { name, message } = step.error;
  return output?.ename === name
    ? confirmed(`cell ${cell} stopped again, with ${name}: ${message}`)
    : notDecided(`cell ${cell} stopped with another error, ${name}: ${message}`);
};

/** A file that is not there stops some cell; that it is there on this machine says nothing of others. */
export const missingFile: Judge = ({ rule, subject }, { document }) => {
  for (const { cell, error } of document.steps) {
    if (error === undefined || !/FileNotFoundError|NotADirectoryError|PermissionError|OSError/.test(error.name))
      continue;
    if (error.message.includes(subject)) return confirmed(`cell ${cell} stopped with ${error.name}: ${error.message}`);
  }
  const failed = document.steps.find(({ error }) => error !== undefined);
  if (failed !== undefined || document.ended !== undefined) return notDecided("the notebook did not run to its end");
  if (rule === "NB304") return refuted("every cell ran to its end from top to bottom");
  return notDecided("the path is there on this machine, or nothing opened it");
};

export const shadowedBuiltin: Judge = (_finding, { document }) => {
  for (const { cell, error } of document.steps) {
    if (error?.name === "TypeError" && /not callable|isinstance\(\) arg 2/.test(error.message)) {
      return confirmed(`cell ${cell} stopped with TypeError: ${error.message}`);
    }
  }
  if (document.steps.some(({ error }) => error !== undefined)) return notDecided("another error came first");
  return refuted("every cell ran to its end from top to bottom");
};

/** What nobody is there to give. */
export const kernelInput: Judge = ({ cell }, { document }) => {
  const step = stepOf(document, cell);
  if (step === undefined) return notReached(document, cell);
  if (step.error === undefined) return notDecided("the cell ran here; it may not without this user's settings");
  const { name, message } = step.error;
  return /StdinNotImplemented|KeyError|NameError|EOFError|UsageError|PyperclipException/.test(name)
    ? confirmed(`cell ${cell} stopped with ${name}: ${message}`)
    : notDecided(`cell ${cell} stopped with ${name}: ${message}`);
};
