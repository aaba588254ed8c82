import { Argument, Command } from "commander";
import { completionScript, type Shell, shells } from "../completion/script.ts";

export function completionCommand(): Command {
  return new Command("completion")
    .description("print a script that completes commands, options and their values in a shell")
    .addArgument(new Argument("<shell>", "which one").choices(shells))
    .addHelpText(
      "after",
      `
Examples:
  source <(reprise completion bash)                         in ~/.bashrc
  reprise completion zsh > "\${fpath[1]}/_reprise"
  reprise completion fish > ~/.config/fish/completions/reprise.fish`,
    )
    .action((shell: Shell, _: object, command: Command) => {
      process.stdout.write(completionScript(shell, command.parent as Command));
    });
}
