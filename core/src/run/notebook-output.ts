import { isAddress } from "../address/address.ts";
import { checkWritable, writeAddress } from "../address/transfer.ts";
import { inBuffers, removeAbandonedDrafts, writeFileAtomically } from "../host/atomic-file.ts";
import { writeProblem } from "../host/write-problem.ts";
import { ProblemError } from "../problem/problem.ts";

/** Where a run's notebook goes; its text is given in pieces. What cannot be written throws ProblemError. */
export interface NotebookOutput {
  /** Before the first cell. */
  prepare(pieces: Iterable<string>): Promise<void>;
  /** While the run goes on; a failure is told by the last writing. */
  readonly update?: (pieces: Iterable<string>) => Promise<void>;
  /** At the end. `kept` is a file of this machine that has the notebook in any case. */
  finish(pieces: Iterable<string>, kept?: string): Promise<void>;
}

/**
 * Opens the output of a run: a file of this machine, which is there from the beginning and grows, or an address, which
 * is written once, when the notebook is complete: until then what is there stays. Nothing without a path.
 */
export function notebookOutput(path: string | undefined, signal?: AbortSignal): NotebookOutput {
  if (path === undefined) return { prepare: nothing, finish: nothing };
  return isAddress(path) ? remoteOutput(path, signal) : localOutput(path);
}

async function nothing(): Promise<void> {}

function localOutput(path: string): NotebookOutput {
  const write = async (pieces: Iterable<string>): Promise<void> => {
    try {
      await writeFileAtomically(path, pieces);
    } catch (error) {
      throw writeProblem(error, path);
    }
  };
  return {
    async prepare(pieces) {
      await removeAbandonedDrafts(path);
      await write(pieces);
    },
    update: write,
    finish: write,
  };
}

function remoteOutput(address: string, signal: AbortSignal | undefined): NotebookOutput {
  return {
    prepare: () => checkWritable(address, signal ? { signal } : {}),
    async finish(pieces, kept) {
      try {
        // An aborted run keeps what it had done, too: so the signal has no say here.
        await writeAddress(address, Buffer.concat(Array.from(inBuffers(pieces), (piece) => Buffer.from(piece))));
      } catch (error) {
        if (!(error instanceof ProblemError) || kept === undefined) throw error;
        const mend = `${error.problem.mend} The executed notebook is kept: ${kept}`;
        throw new ProblemError({ ...error.problem, mend }, { cause: error });
      }
    },
  };
}
