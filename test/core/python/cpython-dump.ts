import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/**
 * What a script of `fixtures` prints of each file, a line a file in their order. One process reads them all, no further
 * ahead than a pipe holds; where it breaks down over a file, that file gets `undefined`, and another process reads on
 * behind it. Throws where CPython does not even start.
 */
export async function* dumped<T>(
  python: string,
  script: string,
  files: readonly string[],
): AsyncGenerator<T | undefined> {
  let done = 0;
  while (done < files.length) {
    const child = spawn(python, [join(import.meta.dirname, "fixtures", script)], { stdio: ["pipe", "pipe", "ignore"] });
    const ended = once(child, "close");
    ended.catch(() => {});
    try {
      child.stdin.on("error", () => {}).end(files.slice(done).join("\n"));
      for await (const line of linesOf(child.stdout.setEncoding("utf8"))) {
        yield JSON.parse(line) as T;
        done++;
      }
      await ended;
    } finally {
      child.kill();
    }
    if (done < files.length) {
      yield undefined;
      done++;
    }
  }
}

/** Whole lines; what stands behind the last line's end was cut off. */
async function* linesOf(stream: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = [];
  for await (const chunk of stream) {
    const [first = "", ...others] = chunk.split("\n");
    begun.push(first);
    for (const next of others) {
      yield begun.join("");
      begun = [next];
    }
  }
}
