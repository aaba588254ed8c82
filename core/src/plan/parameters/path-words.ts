import { snakeCase } from "../names.ts";
import type { Meaning } from "./meanings.ts";
import { lastPart } from "./meanings.ts";

/** Where paths lie that only one service has, and what it calls the place. */
const places: readonly (readonly [RegExp, (found: readonly string[]) => string])[] = [
  [/^\/kaggle\/input\/([^/]+)/, ([, name]) => `on Kaggle from the data set ${name}`],
  [/^\/content\/(?:drive|gdrive)\//, () => "on Colab from Google Drive"],
  [/^\/content\//, () => "on Colab"],
  [/^(?:dbfs:|\/dbfs\/)/, () => "on Databricks from DBFS"],
  [/^\/(?:home|Users)\//, () => "in its author's home folder"],
  [/^[A-Za-z]:[\\/]/, () => "on its author's Windows machine"],
  [/^https?:\/\/([^/]+)/, ([, host]) => `from ${host}`],
  [/^(?:s3a?|gs|gcs|abfss?|wasbs?|hf):\/\/([^/]+)/, ([, bucket]) => `from the store ${bucket}`],
];

/** What a path is for, as a person says it: `File that read_csv reads, on Kaggle from the data set titanic`. */
export function pathText({ call }: Meaning, path: string): string {
  const reader = lastPart(call);
  const what = /^(?:listdir|scandir|walk)$/.test(reader)
    ? `Folder that ${reader} lists`
    : /^i?glob$/.test(reader)
      ? `Files that ${reader} finds`
      : /^(?:connect|create_engine)$/.test(reader)
        ? `Database that ${reader} opens`
        : `${/^[a-z][a-z0-9+.-]+:\/\//i.test(path) ? "Address" : "File"} that ${reader} reads`;
  const place = places.flatMap(([pattern, say]) => {
    const found = pattern.exec(path);
    return found === null ? [] : [say(found)];
  })[0];
  return place === undefined ? what : `${what}, ${place}`;
}

/** `train_path` for `data/train.csv`, `parts_files` for `data/parts/*.csv`, `parts_dir` for the folder `data/parts`. */
export function pathName(path: string, isListed: boolean): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== "." && part !== "..");
  const fixed = parts.filter((part) => !/[*?[]/.test(part));
  const isPattern = fixed.length < parts.length;
  const last = (isListed ? fixed : parts).at(-1) ?? "";
  const words = snakeCase(isListed ? last : (last.split(".")[0] ?? "")) || "data";
  const stem = /^\d/.test(words) ? `data_${words}` : words;
  return `${stem}_${isPattern ? "files" : isListed ? "dir" : "path"}`;
}
