/** Lines of a text of several lines (a private key) that are worth being hidden on their own. */
const shortestLine = 12;

/**
 * The forms in which a secret may come up in a text: as it is, escaped in JSON, in Python's `repr`, in HTML, in an address,
 * in base64 at each of the three offsets that it can have in a larger text, in hexadecimal; of a text of several lines
 * each line.
 */
export function secretForms(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= shortestLine);
  const texts = lines.length > 1 || secret.includes("\n") ? [secret, ...lines] : [secret];
  const forms = texts.flatMap((text) => [text, ...escaped(text), ...encoded(Buffer.from(text))]);
  return [...new Set(forms)].filter((form) => form.length >= Math.min(secret.length, 4));
}

function escaped(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  // Twice: JSON in a string of JSON, as logs of services are.
  const twice = JSON.stringify(json).slice(1, -1);
  const ascii = json.replaceAll(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const python = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = html.replaceAll('"', "&quot;");
  return [
    json,
    twice,
    ascii,
    python,
    python.replaceAll("'", "\\'"),
    ...[html, quoted, quoted.replaceAll("'", "&#x27;"), quoted.replaceAll("'", "&#39;")],
    ...addressForms(text),
  ];
}

/** As JavaScript and Python write texts into addresses: with and without escaped marks, `+` for a blank, either case. */
function addressForms(text: string): readonly string[] {
  const hex = (letter: string) =>
    [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`);
  const quote = (kept: RegExp) =>
    [...text.toWellFormed()].map((letter) => (kept.test(letter) ? letter : hex(letter).join(""))).join("");
  const forms = [
    quote(/[A-Za-z0-9_.~-]/),
    quote(/[A-Za-z0-9_.~/-]/),
    quote(/[A-Za-z0-9_.!~*'()-]/),
    quote(/[A-Za-z0-9_.~ -]/).replaceAll(" ", "+"),
    quote(/[A-Za-z0-9;,/?:@&=+$_.!~*'()#-]/),
  ];
  return forms.flatMap((form) => [form, form.replaceAll(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase())]);
}

/** A secret in the middle of bytes that are encoded begins at one of three places of base64's groups. */
function encoded(bytes: Buffer): readonly string[] {
  const inBase64 = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // What also depends on the bytes before and behind is left out.
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor(((offset + bytes.length) * 8) / 6);
    return shifted.slice(from, to);
  });
  const whole = bytes.toString("base64");
  const base64 = [whole, whole.replace(/=+$/, ""), ...inBase64].filter((form) => form.length >= 6);
  const hex = bytes.length >= 4 ? [bytes.toString("hex"), bytes.toString("hex").toUpperCase()] : [];
  return [...base64, ...base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_")), ...hex];
}
