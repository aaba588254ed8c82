import type { TestContext } from "node:test";
import type Docker from "dockerode";
import { baseImage, imageHere } from "../../core/src/engine/docker/base-image.ts";
import { findDaemon } from "../../core/src/engine/docker/daemon.ts";

/**
 * The container engine for a test that needs one, with the base image on it (`scripts/docker-base.sh` makes both).
 * Where it is not there, the test is skipped, or fails under REPRISE_REQUIRE=all.
 */
export async function requireDocker(context: TestContext): Promise<Docker | undefined> {
  try {
    const daemon = await findDaemon();
    const image = baseImage("3.11");
    if ((await imageHere(daemon, image)) === undefined) throw new Error(`the image ${image} is not there`);
    return daemon;
  } catch (error) {
    if (process.env.REPRISE_REQUIRE === "all") throw error;
    context.skip(`no container engine with a base image here: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}
