import type { Command } from "commander";
import { type OptionWord, type Vocabulary, vocabulary } from "./vocabulary.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** A script that completes the commands, options and choices of a program, and files elsewhere. */
export function completionScript(shell: Shell, program: Command): string {
  return writers[shell](vocabulary(program));
}

const writers: Readonly<Record<Shell, (all: readonly Vocabulary[]) => string>> = { bash, zsh, fish };

const names = (option: OptionWord): readonly string[] => (option.short ? [option.long, option.short] : [option.long]);

const typed = (path: readonly string[], word: string): string => `"${[...path, word].join(" ")}"`;

/** Names of commands and choices have letters, digits and hyphens only, so that they need no quotes. */
function bash(all: readonly Vocabulary[]): string {
  const commandCases = all.flatMap(({ path, commands }) =>
    commands.map(({ word }) => `      ${typed(path, word)}) at=${typed(path, word)} ;;`),
  );
  const valueCases = all.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map((option) => {
        const pattern = names(option).map((name) => typed(path, name));
        const kind = option.choices.length > 0 ? `-W "${option.choices.join(" ")}"` : "-f";
        return `    ${pattern.join("|")}) COMPREPLY=($(compgen ${kind} -- "$word")); return ;;`;
      }),
  );
  const wordCases = all.map(({ path, commands, options, choices }) => {
    const words = [...commands.map(({ word }) => word), ...choices];
    return `    "${path.join(" ")}") flags="${options.flatMap(names).join(" ")}"; words="${words.join(" ")}" ;;`;
  });
  return [
    "# bash completion of reprise",
    "_reprise() {",
    `  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" at="" flags="" words="" i`,
    "  for ((i = 1; i < COMP_CWORD; i++)); do",
    `    case "\${at:+$at }\${COMP_WORDS[i]}" in`,
    ...commandCases,
    "    esac",
    "  done",
    `  case "\${at:+$at }$before" in`,
    ...valueCases,
    "  esac",
    '  case "$at" in',
    ...wordCases,
    "  esac",
    '  if [[ "$word" == -* ]]; then',
    '    COMPREPLY=($(compgen -W "$flags" -- "$word"))',
    '  elif [[ -n "$words" ]]; then',
    '    COMPREPLY=($(compgen -W "$words" -- "$word"))',
    "  else",
    '    COMPREPLY=($(compgen -f -- "$word"))',
    "  fi",
    "}",
    "complete -o filenames -F _reprise reprise",
    "",
  ].join("\n");
}

/** zsh runs bash's functions of completion. */
function zsh(all: readonly Vocabulary[]): string {
  return `#compdef reprise\nautoload -U +X bashcompinit && bashcompinit\n${bash(all)}`;
}

function fish(all: readonly Vocabulary[]): string {
  const lines = all.flatMap(({ path, commands, options, choices }) => {
    const start = `complete -c reprise -n ${condition(path, commands)}`;
    return [
      ...commands.map(({ word, help }) => `${start} -f -a ${word} -d ${quoted(help)}`),
      ...(choices.length > 0 ? [`${start} -f -a ${quoted(choices.join(" "))}`] : []),
      ...options.map(({ long, short, help, takesValue, choices: values }) => {
        const flag = `${short ? `-s ${short.slice(1)} ` : ""}-l ${long.slice(2)}`;
        const value = values.length > 0 ? ` -x -a ${quoted(values.join(" "))}` : takesValue ? " -r" : "";
        return `${start} ${flag}${value} -d ${quoted(help)}`;
      }),
    ];
  });
  return ["# fish completion of reprise", ...lines, ""].join("\n");
}

/** True where the words of the path have been typed and none of the commands that could follow. */
function condition(path: readonly string[], commands: Vocabulary["commands"]): string {
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const following = commands.map(({ word }) => word).join(" ");
  const none = following === "" ? [] : [`not __fish_seen_subcommand_from ${following}`];
  return quoted([...seen, ...none].join("; and ") || "true");
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
