import type { SecretMask } from "../secret/secret-mask.ts";
import type { RunFile, RunSink } from "./request.ts";

/** A sink that is never told a secret: not in a record, not in a file's text. Files that the code wrote are as they are. */
export function maskedSink(sink: RunSink, mask: SecretMask): RunSink {
  if (!mask.isActive) return sink;
  const file = (item: RunFile): RunFile => ("text" in item ? { ...item, text: mask.text(item.text) } : item);
  return {
    begin: (record) => sink.begin(mask.value(record)),
    identified: (record) => sink.identified(mask.value(record)),
    log: (metrics) => sink.log(mask.value(metrics)),
    finish: (record, files) => sink.finish(mask.value(record), files.map(file)),
  };
}
