import { Command } from "commander";
import { execute } from "../execute.ts";
import type { CacheOptions } from "../jobs/cache.ts";
import { number } from "./option-values.ts";

export function cacheCommand(): Command {
  const cache = new Command("cache").description("the cells that `run --cache` keeps").addHelpText(
    "after",
    `
Examples:
  reprise cache show
  reprise cache clear
  reprise cache clear --older-than 30`,
  );
  cache
    .command("show")
    .description("how much is kept, and where")
    .option("--json", "one JSON object on stdout")
    .action(async (options: CacheOptions) => {
      await execute("cache show", options, async () => (await import("../jobs/cache.ts")).showCache());
    });
  cache
    .command("clear")
    .description("remove what is kept; nothing is lost but time")
    .option("--older-than <days>", "only what was not used for so long", number)
    .option("--json", "one JSON object on stdout")
    .action(async (options: CacheOptions) => {
      await execute("cache clear", options, async () => (await import("../jobs/cache.ts")).clearCache(options));
    });
  return cache;
}
