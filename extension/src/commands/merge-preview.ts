import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { commands, type Disposable, type TextDocumentContentProvider, Uri, workspace } from "vscode";
import type { Reconversion } from "../cli/answer.ts";
import { applyPieces } from "./apply-pieces.ts";

const scheme = "reprise-merged";

/** Shows what a conversion would make of a project's files, each beside the file as it is. Nothing is written. */
export class MergePreview implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  /** False where no file would change. */
  async show(project: string, { files }: Reconversion): Promise<boolean> {
    const changed = files.filter(({ diff = [] }) => diff.length > 0);
    if (changed.length === 0) return false;
    this.#texts.clear();
    // Documents are kept by their address: one of its own for each look.
    const query = Date.now().toString(36);
    const resources = changed.map(
      ({ path, from = path, status, diff = [] }): readonly [Uri, Uri | undefined, Uri | undefined] => {
        const file = Uri.file(join(project, path));
        if (status === "removed") return [file, file, undefined];
        const merged = file.with({ scheme, query });
        const before = Uri.file(join(project, from));
        const isThere = existsSync(before.fsPath);
        this.#texts.set(merged.toString(), applyPieces(isThere ? readFileSync(before.fsPath, "utf8") : "", diff));
        return [file, isThere ? before : undefined, merged];
      },
    );
    await commands.executeCommand("vscode.changes", `Converting again: ${basename(project)}`, resources);
    return true;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
