import { marked } from "marked";
import sanitizeHtml from "sanitize-html";

/** Looks only: nothing that is placed over the page, and nothing that is fetched. */
const looks = Object.fromEntries(
  (
    "color background-color text-align vertical-align font-weight font-style font-size white-space width height " +
    "border border-collapse padding margin max-width"
  )
    .split(" ")
    .map((property) => [property, [/^(?!.*(?:url|expression)\s*\()[\w\s.,#%()-]+$/i]]),
);

/**
 * HTML of a stranger as it may stand in a page: what a table or a text needs, and nothing that runs, that is fetched, or
 * that leaves its place. Pictures only where they are in it.
 */
export function safeHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      ...sanitizeHtml.defaults.allowedTags,
      "img",
      "details",
      "summary",
      "del",
      "ins",
      "caption",
      "colgroup",
      "col",
    ],
    allowedAttributes: {
      "*": ["style", "title", "align", "colspan", "rowspan", "scope", "start"],
      a: ["href"],
      img: ["src", "alt", "width", "height"],
    },
    allowedSchemes: ["http", "https", "mailto"],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    allowedStyles: { "*": looks },
    transformTags: { a: sanitizeHtml.simpleTransform("a", { rel: "noreferrer noopener" }) },
    nestingLimit: 200,
  });
}

/** A Markdown cell as it may stand in a page. */
export function safeMarkdown(source: string): string {
  return safeHtml(marked.parse(source, { async: false, gfm: true }));
}
