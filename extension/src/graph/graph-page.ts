import type { DrawnGraph, GraphUnit } from "./drawn-graph.ts";

/** What the page tells the extension: the user wants to see a cell, or another graph. */
export type FromGraphPage =
  | { readonly kind: "show-cell"; readonly cell: number }
  | { readonly kind: "choose"; readonly by: GraphUnit };

export interface GraphPage {
  readonly title: string;
  readonly by: GraphUnit;
  /** Its message is shown in place of a graph that cannot be drawn. */
  readonly graph: DrawnGraph;
  /** A word that only this page knows; nothing else on it may run. */
  readonly nonce: string;
}

const units: readonly (readonly [GraphUnit, string])[] = [
  ["stage", "Stages"],
  ["cell", "Cells"],
  ["statement", "Statements"],
];

const zoomButtons = `<button data-zoom="out" title="Smaller">−</button><button data-zoom="in" title="Larger">+</button>`;

/**
 * The graph as a page for a webview: the drawing, in the editor's colours, whose nodes lead to their cells. Nothing is
 * loaded from anywhere, and only the script and the styles with the nonce are let through.
 */
export function graphPage({ title, by, graph: { drawing, cells, message }, nonce }: GraphPage): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const buttons = units.map(
    ([unit, label]) => `<button data-unit="${unit}" aria-pressed="${unit === by}">${label}</button>`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
</head>
<body>
<nav>${buttons.join("")}<span></span>${zoomButtons}</nav>
<main>${message === undefined ? drawing.replace("<style>", `<style nonce="${nonce}">`) : `<p>${escapeHtml(message)}</p>`}</main>
<style nonce="${nonce}">${style}</style>
<script nonce="${nonce}">${script.replace("CELLS", () => JSON.stringify(cells))}</script>
</body>
</html>`;
}

const escapeHtml = (text: string) => text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);

const script = `
const editor = acquireVsCodeApi();
const cells = CELLS;
document.querySelectorAll("g.node").forEach((node, at) => {
  if (cells[at] === null || cells[at] === undefined) return;
  node.classList.add("leads");
  node.setAttribute("tabindex", "0");
  const show = () => editor.postMessage({ kind: "show-cell", cell: cells[at] });
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => event.key === "Enter" && show());
});
for (const button of document.querySelectorAll("button[data-unit]")) {
  button.addEventListener("click", () => editor.postMessage({ kind: "choose", by: button.dataset.unit }));
}
const drawing = document.querySelector(".reprise-graph");
const main = document.querySelector("main");
if (drawing) {
  const whole = drawing.viewBox.baseVal.width;
  // As large as the page is wide, unless that would be too small to find one's way or larger than it was drawn.
  let zoom = Math.min(1, Math.max(0.45, main.clientWidth / whole));
  const show = (factor) => {
    zoom = Math.min(3, Math.max(0.1, zoom * factor));
    const middle = (main.scrollLeft + main.clientWidth / 2) / main.scrollWidth;
    drawing.style.width = whole * zoom + "px";
    main.scrollLeft = middle * main.scrollWidth - main.clientWidth / 2;
  };
  show(1);
  const top = [...document.querySelectorAll("g.node")].map((node) => node.getBoundingClientRect()).sort((a, b) => a.top - b.top)[0];
  if (top) main.scrollTo(main.scrollLeft + (top.left + top.right) / 2 - main.clientWidth / 2, 0);
  for (const button of document.querySelectorAll("button[data-zoom]")) {
    button.addEventListener("click", () => show(button.dataset.zoom === "in" ? 1.25 : 0.8));
  }
  main.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    show(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  }, { passive: false });
}
`;

/** After the drawing's own style, so that the editor's theme wins. */
const style = `
html, body { height: 100%; }
body { display: flex; flex-direction: column; box-sizing: border-box; margin: 0; padding: 12px 0 0 20px; color: var(--vscode-foreground); background: var(--vscode-editor-background); }
nav { display: flex; gap: 4px; margin: 0 20px 12px 0; }
nav span { flex: 1; }
button { padding: 3px 11px; border: 1px solid var(--vscode-button-border, transparent); border-radius: 3px; cursor: pointer;
  font: var(--vscode-font-weight) var(--vscode-font-size) var(--vscode-font-family);
  color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
button[aria-pressed="true"] { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
main { flex: 1; overflow: auto; text-align: center; }
main > p { text-align: left; max-width: 46em; }
.reprise-graph { --ink: var(--vscode-editor-foreground); --line: var(--vscode-descriptionForeground); --back: var(--vscode-editor-background);
  max-width: none; font-family: var(--vscode-font-family); }
.reprise-graph rect { fill: color-mix(in srgb, var(--tone) 18%, var(--vscode-editor-background)); stroke: var(--tone); }
.stage-0 { --tone: var(--vscode-terminal-ansiBlue); } .stage-1 { --tone: var(--vscode-terminal-ansiGreen); }
.stage-2 { --tone: var(--vscode-terminal-ansiYellow); } .stage-3 { --tone: var(--vscode-terminal-ansiMagenta); }
.stage-4 { --tone: var(--vscode-terminal-ansiCyan); } .stage-5 { --tone: var(--vscode-terminal-ansiRed); }
.tone-good { --tone: var(--vscode-charts-green); } .tone-close { --tone: var(--vscode-charts-yellow); }
.tone-bad { --tone: var(--vscode-charts-red); } .tone-unknown, .tone-aside { --tone: var(--vscode-charts-lines); }
.leads { cursor: pointer; }
.leads:hover rect, .leads:focus rect { stroke-width: 2.6; }
.leads:focus { outline: none; }
`;
