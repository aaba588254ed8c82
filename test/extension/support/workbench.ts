import type { Frame, Page } from "playwright-core";

/** Opens a file through the explorer: folders first, then the file. The notebook is there, drawn, when it returns. */
export async function openFromExplorer(page: Page, path: readonly string[]): Promise<void> {
  const rows = page.locator(".explorer-folders-view .monaco-list-row");
  await rows.first().waitFor({ timeout: 60_000 });
  const [file = "", ...folders] = [...path].reverse();
  for (const folder of folders.reverse()) {
    const row = page.locator(`.explorer-folders-view [role=treeitem][aria-label^="${folder}"]`).first();
    if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
  }
  const row = page.locator(`.explorer-folders-view [role=treeitem][aria-label^="${file}"]`).first();
  const cells = page.locator(".notebookOverlay .code-cell-row");
  // As JSON and as a notebook it may be open twice for a moment.
  const tab = page.locator(`.tab[data-resource-name="${file}"]`).last();
  const end = Date.now() + 60_000;
  // Until the editor knows the extensions that show notebooks, it opens them as JSON: then close it, and again.
  for (;;) {
    await row.dblclick();
    await tab.waitFor({ timeout: 20_000 });
    const found = await cells
      .first()
      .waitFor({ timeout: 6_000 })
      .then(
        () => true,
        () => false,
      );
    if (found) return;
    if (Date.now() > end) throw new Error(`${file} did not open as a notebook`);
    await page.keyboard.press("Control+F4");
    await tab
      .locator(".action-label.codicon-close")
      .click({ timeout: 2_000 })
      .catch(() => {});
  }
}

/** Presses a button in the notebook's toolbar. */
export async function pressInToolbar(page: Page, label: string): Promise<void> {
  await page.locator(`.notebook-toolbar-container [aria-label="${label}"]:visible`).first().click();
}

/** The frame, however deep, that shows an element; webviews are nested frames. */
export async function frameWith(page: Page, selector: string): Promise<Frame> {
  const end = Date.now() + 30_000;
  for (;;) {
    for (const frame of page.frames()) {
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (count > 0) return frame;
    }
    if (Date.now() > end) throw new Error(`No frame shows ${selector}`);
    await page.waitForTimeout(100);
  }
}

/** Shows the panel of problems and goes to the first of a rule; returns what each line of the panel says. */
export async function goToProblem(page: Page, rule: string): Promise<readonly string[]> {
  await page.locator('[id="status.problems"] a').first().click();
  const rows = page.locator(".markers-panel .monaco-list-row");
  const row = rows.filter({ hasText: rule }).first();
  await row.waitFor({ timeout: 30_000 });
  const lines = await rows.allInnerTexts();
  await row.dblclick();
  return lines;
}
