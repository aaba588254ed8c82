import { StringDecoder } from "node:string_decoder";
import { endsWithin } from "./ends-within.ts";
import type { ProgramOptions, ProgramResult } from "./engine.ts";
import type { HostNames, RelayHost, RelayProgram } from "./relay-host.ts";

/**
 * Runs a program in a host of its own, to its end. Throws what `start` throws, and the signal's reason at an abort; the
 * host is gone then.
 */
export async function runRelayedProgram(
  start: (program: RelayProgram) => Promise<RelayHost>,
  { agent, python }: HostNames,
  { command, environment = {}, secrets, onOutput, onStarted, signal, timeoutMilliseconds }: ProgramOptions,
): Promise<ProgramResult> {
  signal?.throwIfAborted();
  const began = performance.now();
  const texts = { stdout: "", stderr: "" };
  const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  const [program, ...args] = command;
  const bySecrets = secrets === undefined ? [] : [python, `${agent}/with_secrets.py`];
  const host = await start({
    command: [...bySecrets, program === "python" ? python : program, ...args],
    environment,
    onOutput(stream, data) {
      const text = decoders[stream].write(data);
      texts[stream] += text;
      onOutput?.(stream, text);
    },
  });
  // Over its standard input: they stand in no description of a host.
  if (secrets !== undefined) host.write(Buffer.from(`${JSON.stringify(secrets)}\n`));
  onStarted?.(() => host.usage());
  const exit = await endsWithin(host, timeoutMilliseconds, signal);
  return { ...exit, ...texts, seconds: (performance.now() - began) / 1000 };
}
