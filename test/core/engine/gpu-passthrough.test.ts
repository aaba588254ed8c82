/**
 * A real engine, asked for cards that are stand-ins: this machine needs none. What NVIDIA's hook does is done by a stand-in
 * of its name, which the engine starts as it would the real one; CDI's devices are `/dev/null` under another name.
 */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Container } from "../../../core/src/engine/docker/container.ts";
import { findGpus, type GpuRequest, type Gpus } from "../../../core/src/engine/docker/gpus.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { type OwnEngine, requireOwnEngine } from "../../support/own-engine.ts";

const fixtures = join(import.meta.dirname, "fixtures", "gpus");

/** A folder with stand-ins, by the names that they are looked for. */
function standIns(context: TestContext, names: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(context);
  for (const [name, fixture] of Object.entries(names)) {
    const text = readFileSync(join(fixtures, fixture), "utf8").replaceAll("NVIDIA_SMI", join(folder, "nvidia-smi"));
    const interpreter = fixture.endsWith(".cjs") ? `#!${process.execPath}\n` : "";
    writeFileSync(join(folder, name), interpreter + text, { mode: 0o755 });
  }
  return folder;
}

const container = (image: string) => ({
  image,
  directory: "/",
  environment: {},
  mounts: [],
  user: "1234:1234",
  network: "none" as const,
});

const found = (engine: OwnEngine, request: GpuRequest): Promise<Gpus | undefined> =>
  findGpus(engine.daemon, request, container(engine.image));

async function refusal(engine: OwnEngine, request: GpuRequest): Promise<{ message: string; cause?: string }> {
  const error = await found(engine, request).catch((reason: unknown) => reason);
  assert.ok(error instanceof ProblemError && error.problem.id === "RP326", `${JSON.stringify(request)}: ${error}`);
  return error.problem;
}

const card = (number: number): string => `GPU ${number}: Stand-in (UUID: GPU-stand-in-${number})`;

/** What a container that is started with them, as a kernel's is, finds of them. */
async function seenInside({ daemon, image }: OwnEngine, gpus: Gpus | undefined): Promise<string> {
  assert.ok(gpus);
  let text = "";
  const started = await Container.start(daemon, {
    ...container(image),
    devices: gpus.devices,
    command: ["sh", "-c", 'echo "$NVIDIA_VISIBLE_DEVICES"; nvidia-smi -L'],
    onOutput: (_stream, data) => (text += data.toString()),
  });
  await started.exited;
  return text;
}

test("cards are asked for as NVIDIA's runtime wants it: all, so many, these; more than there are is refused", async (context) => {
  const programs = standIns(context, {
    "nvidia-container-runtime-hook": "nvidia-container-runtime-hook.cjs",
    "nvidia-smi": "nvidia-smi",
  });
  const own = await requireOwnEngine(context, { programs });
  if (own === undefined) return;
  writeFileSync(join(programs, "cards"), "GPU-stand-in-0\nGPU-stand-in-1\n");
  const all = await found(own, "all");
  assert.deepEqual(all?.names, [card(0), card(1)]);
  assert.deepEqual((await found(own, "optional"))?.names, [card(0), card(1)]);
  assert.deepEqual((await found(own, 1))?.names, [card(0)]);
  assert.deepEqual((await found(own, ["1"]))?.names, [card(1)]);
  assert.deepEqual((await found(own, ["GPU-stand-in-1", "0"]))?.names, [card(0), card(1)]);
  assert.equal(await found(own, "none"), undefined);
  const calls = readFileSync(join(programs, "calls"), "utf8").trim().split("\n");
  assert.deepEqual(
    calls,
    ["all", "all", "0", "1", "GPU-stand-in-1,0"].map((which) => `prestart ${which}`),
  );
  assert.equal(await seenInside(own, all), `all\n${card(0)}\n${card(1)}\n`);
  const many = await refusal(own, 3);
  assert.match(many.message, /^3 GPUs were asked for/);
  assert.match(many.cause ?? "", /device error: 2: unknown device/);
  const wrong = await refusal(own, ["7"]);
  assert.match(wrong.message, /^The GPUs 7 were asked for/);
  assert.match(wrong.cause ?? "", /device error: 7: unknown device/);
  // From here on the hook does nothing, as an engine does that takes the request and ignores it.
  rmSync(join(programs, "cards"));
  assert.equal(await found(own, "optional"), undefined);
  assert.match((await refusal(own, "all")).message, /a container of this engine gets none/);
});

test("cards are asked for by CDI where nothing else is set up; an engine that does not know it is told of", async (context) => {
  const devices = standIns(context, { "nvidia.json": "cdi.json", "nvidia-smi": "nvidia-smi" });
  const own = await requireOwnEngine(context, { devices });
  if (own === undefined) return;
  if (!own.knowsCdi) {
    assert.match((await refusal(own, "all")).cause ?? "", /could not select device driver "cdi"/);
    assert.equal(await found(own, "optional"), undefined);
    return;
  }
  const all = await found(own, "all");
  assert.deepEqual(all?.names, [card(0), card(1)]);
  assert.deepEqual((await found(own, 1))?.names, [card(0)]);
  assert.deepEqual((await found(own, ["1"]))?.names, [card(1)]);
  assert.equal(await seenInside(own, all), `void\n${card(0)}\n${card(1)}\n`);
  assert.match((await refusal(own, 3)).cause ?? "", /nvidia\.com\/gpu=2/);
  assert.match((await refusal(own, ["7"])).cause ?? "", /nvidia\.com\/gpu=7/);
});
