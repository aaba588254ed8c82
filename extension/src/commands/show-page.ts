import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ColorThemeKind, ViewColumn, window } from "vscode";

/** What work answers that also writes a page to the file that it is given, and that page; undefined where it wrote none. */
export async function withPage<Answer>(
  work: (file: string) => Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly page: string | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), "reprise-page-"));
  try {
    const file = join(folder, "page.html");
    const answer = await work(file);
    return { answer, page: await readFile(file, "utf8").catch(() => undefined) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Shows a page of the command line in a tab of the editor, light or dark as the editor is. No script runs in it. */
export function showPage(title: string, html: string): void {
  const panel = window.createWebviewPanel("reprise.page", title, ViewColumn.Active, { localResourceRoots: [] });
  // Pages ask the operating system whether it is dark; the editor's theme is another matter.
  const { kind } = window.activeColorTheme;
  const isDark = kind === ColorThemeKind.Dark || kind === ColorThemeKind.HighContrast;
  panel.webview.html = html.replaceAll("(prefers-color-scheme: dark)", isDark ? "all" : "not all");
}
