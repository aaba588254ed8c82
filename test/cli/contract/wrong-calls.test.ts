import { failed, testCalls } from "./calls.ts";

testCalls([
  {
    name: "a mistyped command is told, with the nearest",
    args: "anlyze tidy.ipynb",
    exit: 2,
    tells: /Did you mean analyze\?/,
  },
  {
    name: "a mistyped option is told, with the nearest",
    args: "analyze tidy.ipynb --formt json",
    exit: 2,
    tells: /Did you mean --format\?[\s\S]*reprise analyze --help/,
  },
  {
    name: "a mistyped command below a command is told in JSON",
    args: "runs lst --json",
    exit: 2,
    fields: { schema: "reprise.runs/1", ...failed("RP141") },
  },
  { name: "no command shows the help", args: "", exit: 2, tells: /Usage: reprise/ },
  {
    name: "help of a command below a command is its own",
    args: "help runs list",
    exit: 0,
    says: /^Usage: reprise runs list /,
  },
  { name: "help of no command is a wrong call", args: "help nope", exit: 2, tells: /unknown command 'nope'/ },
  { name: "the version is a version", args: "--version", exit: 0, says: /^\d+\.\d+\.\d+\n$/ },
]);
