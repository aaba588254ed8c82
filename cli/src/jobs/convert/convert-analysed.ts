import {
  type Analysis,
  followPlan,
  type Planned,
  type ProjectObservation,
  planPipeline,
  projectRequirements,
  withVersions,
} from "@reprise/core";
import { importVersions, isSupported, normalizeName, recordedPython, requestFor } from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import { withCarriedWheels } from "./carried-wheels.ts";
import type { Conversion, ConversionOptions, Diagnosis } from "./conversion.ts";
import { lockFor, settingsOf } from "./conversion-lock.ts";
import { withOwnModules } from "./own-modules.ts";
import { projectOf } from "./project-of-plan.ts";

/** The project of an analysed notebook, or why there is none; nothing is written. */
export async function convertAnalysed(
  analysed: Analysis,
  options: ConversionOptions,
  call: Call,
): Promise<Conversion | Diagnosis> {
  const analysis = await withOwnModules(analysed);
  const first = planOf(analysis, options);
  if (first.outcome === "diagnosed") return { ...first, analysis };
  const alsoNeeded = projectRequirements(first.plan, analysis, options.dataChecks);
  if (options.lock === false) {
    const unlocked = await withoutLock(analysis, alsoNeeded, options.python);
    return projectOf(analysis, first.plan, unlocked, settingsOf(options), options, call);
  }
  const { environment, request } = await lockFor(analysis, { ...options, alsoNeeded }, call);
  // What pandas 3 copies, pandas 2 shares: the plan can be better once the versions are known.
  const exact = withVersions(analysis, importVersions(analysis.document, environment));
  const planned = planOf(exact, options);
  if (planned.outcome === "diagnosed") return { ...planned, analysis: exact };
  return {
    ...(await projectOf(
      exact,
      planned.plan,
      withCarriedWheels(environment),
      settingsOf(options, request),
      options,
      call,
    )),
    environment,
  };
}

/** What the project needs, by name; nothing is resolved and no Python is asked. */
async function withoutLock(analysis: Analysis, alsoNeeded: readonly string[], wanted: string | undefined) {
  const { notebook, document } = analysis;
  const recorded = recordedPython(notebook.languageVersion);
  const python = wanted ?? (recorded !== undefined && isSupported(recorded) ? recorded : "3.11");
  const asked = await requestFor(notebook, document, { python, alsoNeeded });
  if (asked.kind === "locked") return { python, direct: asked.environment.direct };
  const { requirements, older } = asked.request;
  const limits = new Map(older?.limits.map(({ name, below }) => [name, `<${below}`]));
  return { python, direct: requirements.map((text) => `${text}${limits.get(normalizeName(text)) ?? ""}`) };
}

/** The plan of a notebook, or why there is none. */
function planOf(analysis: Analysis, options: ConversionOptions): Planned {
  if (options.planFile !== undefined) {
    const followed = followPlan(options.planFile, analysis);
    if ("problem" in followed) throw followed.problem;
    return { outcome: "planned", plan: followed.plan };
  }
  return planPipeline(analysis, {
    ...(options.package === undefined ? {} : { package: options.package }),
    ...(options.stages === undefined ? {} : { stages: options.stages }),
    ...options.refined,
  });
}

/** The same conversion, with what running showed of its values. */
export async function withObservation(
  conversion: Conversion,
  observation: ProjectObservation,
  options: ConversionOptions,
  call: Call,
): Promise<Conversion> {
  const { analysis, plan, environment, project } = conversion;
  const known = environment === undefined ? { python: project.python, direct: [] } : withCarriedWheels(environment);
  const settings = settingsOf(options, conversion.request);
  return { ...conversion, ...(await projectOf(analysis, plan, known, settings, { ...options, observation }, call)) };
}
