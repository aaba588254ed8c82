/** What an installing command of a notebook asks for: `%pip install pandas==2.0 -r requirements.txt`. */
export interface InstallCommand {
  /** Requirements as they stand there. */
  readonly requirements: readonly string[];
  /** Files of requirements (`-r`). */
  readonly files: readonly string[];
  /** What cannot be taken over, as a sentence each. */
  readonly leftOut: readonly string[];
}

/** Options that take a value, of pip, uv and conda. */
const withValue = new Set(
  (
    "-c --constraint -e --editable -t --target -i --index-url --extra-index-url -f --find-links --platform " +
    "--python-version --python --implementation --abi --root --prefix --src --upgrade-strategy -C --config-settings " +
    "--progress-bar --root-user-action --cache-dir --proxy --trusted-host --cert --client-cert --timeout --retries " +
    "--log --no-binary --only-binary --index --default-index --exclude-newer -n --name -p --channel --file"
  ).split(" "),
);

/**
 * Reads the rest of a command line after `%` or `!`: `pip install ...`, `python -m pip install ...`,
 * `uv pip install ...`, `conda install ...`. Undefined for what installs nothing.
 */
export function parseInstallCommand(line: string): InstallCommand | undefined {
  const requirements: string[] = [];
  const files: string[] = [];
  const leftOut: string[] = [];
  let installs = false;
  for (const words of commandsOf(line)) {
    const at = words.indexOf("install");
    if (at < 1) continue;
    const tool = words.slice(0, at).find((word) => /(^|\/)(pip3?(\.\d+)?|conda|mamba|micromamba)$/.test(word));
    if (tool === undefined) continue;
    installs = true;
    const isConda = /(conda|mamba)$/.test(tool);
    for (let next = at + 1; next < words.length; next++) {
      const word = words[next] as string;
      const value = words[next + 1];
      if (/^-[a-zA-Z]*r$/.test(word) || word === "--requirement") {
        if (value !== undefined) files.push(value);
        next++;
      } else if (isConda && word === "-c") next++;
      else if (word.startsWith("--requirement=")) files.push(word.slice("--requirement=".length));
      else if (withValue.has(word)) next++;
      else if (word.startsWith("-")) continue;
      else if (/[${}]/.test(word)) leftOut.push(`"${word}" of "${line.trim()}" is only known when the notebook runs.`);
      else if (/^\.{0,2}\//.test(word) || word === ".")
        leftOut.push(`"${word}" is a folder or file of the notebook's machine.`);
      else requirements.push(isConda ? fromConda(word) : word);
    }
  }
  return installs ? { requirements, files, leftOut } : undefined;
}

/** conda writes one equals sign (`numpy=1.24`), which stands for that version and its patches. */
function fromConda(word: string): string {
  const name = word.replace(/^[\w.-]+::/, "");
  return name.replace(/^([\w.-]+)=(\d[\w.]*)(=.*)?$/, (_whole, distribution: string, version: string) =>
    version.split(".").length >= 3 ? `${distribution}==${version}` : `${distribution}==${version}.*`,
  );
}

/** The commands of a shell line, as words: `a && b; c | d` are four. Quotes are taken away; comments end the line. */
function commandsOf(line: string): readonly (readonly string[])[] {
  const tokens = line.match(/"[^"]*"|'[^']*'|&&|\|\||[;|]|(?:[^\s"';&|]|&(?!&))+/g) ?? [];
  const commands: string[][] = [[]];
  for (const token of tokens) {
    if (token.startsWith("#")) break;
    if (/^(&&|\|\||[;|])$/.test(token)) commands.push([]);
    else if (/^\d?>/.test(token)) commands.push(["redirected"]);
    else commands.at(-1)?.push(token.replaceAll(/^["']|["']$/g, ""));
  }
  return commands;
}
