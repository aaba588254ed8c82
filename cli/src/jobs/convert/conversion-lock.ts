import type { Analysis, ConversionSettings } from "@reprise/core";
import { atItsCell, type Environment, keepLock, requestFor, requestHash } from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import type { ConversionOptions } from "./conversion.ts";
import { lockBefore } from "./existing-project.ts";

/** What the next conversion into the same folder is asked too. */
export function settingsOf(
  { target = [], stages, python, asOf, plan, refined }: ConversionOptions,
  request?: string,
): ConversionSettings {
  return {
    targets: target,
    ...(stages === undefined ? {} : { stages }),
    ...(python === undefined ? {} : { python }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(plan === undefined && refined === undefined ? {} : { isPlanned: true }),
    ...(request === undefined ? {} : { request }),
  };
}

/** The environment, and what was asked for it; the lock of the project that is there already, while that is still right. */
export async function lockFor(
  analysis: Analysis,
  { destination, ...options }: ConversionOptions & { readonly alsoNeeded: readonly string[] },
  call: Call,
): Promise<{ readonly environment: Environment; readonly request?: string }> {
  const { notebook, document } = analysis;
  const limits = { signal: call.signal, onProgress: call.onProgress };
  const asked = await requestFor(notebook, document, {
    ...limits,
    alsoNeeded: options.alsoNeeded,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
    ...(options.python === undefined ? {} : { python: options.python }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  if (asked.kind === "locked") return { environment: asked.environment };
  const environment = await atItsCell(notebook, asked.needs, () =>
    keepLock(asked.request, destination && lockBefore(destination), limits),
  );
  const told = options.whyAsOf === undefined ? [] : [options.whyAsOf];
  const olderThanNewest = [...(environment.olderThanNewest ?? []), ...told];
  return { environment: { ...environment, olderThanNewest }, request: requestHash(asked.request) };
}
