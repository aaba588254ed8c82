import type { Draft } from "./draft.ts";
import { evaluate, report } from "./pipeline/evaluate.ts";
import { explore } from "./pipeline/explore.ts";
import { features } from "./pipeline/features.ts";
import { ingest } from "./pipeline/ingest.ts";
import { quirks } from "./pipeline/quirks.ts";
import { split } from "./pipeline/split.ts";
import type { Step, Story } from "./pipeline/story.ts";
import { train } from "./pipeline/train.ts";
import type { Random } from "./random.ts";
import { Writer } from "./writer.ts";

const subjects = [
  { numbers: ["age", "fare", "weight"], category: "region", table: ["df", "passengers", "data"] },
  { numbers: ["price", "area", "rooms"], category: "district", table: ["df", "houses", "listings"] },
  { numbers: ["distance", "duration", "tip"], category: "zone", table: ["df", "trips", "rides"] },
] as const;

/**
 * A notebook as people write them, from the data to a report: with headings or without, imports at the top or where they
 * are needed, one table or two, and between the steps what people do on the way. It runs from top to bottom.
 */
export function writePipeline(random: Random): Draft {
  const writer = new Writer(random);
  const subject = random.pick(subjects);
  const story: Story = {
    writer,
    imports: new Set(),
    importsOnTop: random.chance(0.5),
    headings: random.pick(["sections", "sections", "few", "none"] as const),
    table: writer.name(...subject.table),
    parts: random.chance(0.4) ? [writer.name("train", "train_df"), writer.name("test", "test_df")] : undefined,
    numbers: [...subject.numbers],
    category: subject.category,
    target: random.pick(["target", "label", "outcome"]),
    task: random.pick(["classes", "numbers"] as const),
    isClean: false,
    split: undefined,
    model: undefined,
    score: undefined,
  };
  if (story.headings !== "none") writer.heading(`# ${subject.category} and ${subject.numbers[0]}`);
  const between = random.some(quirks, random.pick([0, 1, 1, 2, 3]));
  const steps: Step[] = [ingest, ...(random.chance(0.6) ? [explore] : []), features, split, train, evaluate, report];
  for (const quirk of between) steps.splice(random.between(0, steps.length), 0, quirk);
  for (const step of steps) step(story);
  if (story.importsOnTop) writer.opening(...story.imports);
  return writer.draft("pipeline");
}
