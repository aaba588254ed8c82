import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

export interface WheelFacts {
  readonly name: string;
  readonly version: string;
  readonly requires?: readonly string[];
  /** `py3-none-any` if absent. */
  readonly tag?: string;
  /** Files by path; a module named as the distribution if absent. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes a wheel that installs, made by hand, into a folder. Answers with its path. */
export function writeWheel(folder: string, facts: WheelFacts): string {
  const {
    name,
    version,
    requires = [],
    tag = "py3-none-any",
    files = { [`${name}.py`]: `version = "${version}"\n` },
  } = facts;
  const info = `${name}-${version}.dist-info`;
  const metadata = ["Metadata-Version: 2.1", `Name: ${name}`, `Version: ${version}`];
  const texts: Record<string, string> = {
    ...files,
    [`${info}/METADATA`]: `${[...metadata, ...requires.map((text) => `Requires-Dist: ${text}`)].join("\n")}\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
  };
  const record = Object.entries(texts).map(([path, text]) => {
    const digest = createHash("sha256").update(text).digest("base64url");
    return `${path},sha256=${digest},${Buffer.byteLength(text)}`;
  });
  texts[`${info}/RECORD`] = `${[...record, `${info}/RECORD,,`].join("\n")}\n`;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}-${version}-${tag}.whl`);
  writeFileSync(path, zip(texts));
  return path;
}

/** Writes wheels as a package index that is a folder (PEP 503). */
export function writeIndex(folder: string, wheels: readonly WheelFacts[]): void {
  for (const [name, same] of Map.groupBy(wheels, (wheel) => wheel.name)) {
    const own = join(folder, name.toLowerCase().replaceAll(/[-_.]+/g, "-"));
    const files = same.map((wheel) => writeWheel(own, wheel).slice(own.length + 1));
    const links = files.map((file) => `<a href="${encodeURIComponent(file)}">${file}</a>`);
    writeFileSync(join(own, "index.html"), `<!DOCTYPE html><html><body>${links.join("\n")}</body></html>`);
  }
}

/** A zip archive without compression (APPNOTE.TXT 4.3). */
function zip(texts: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(texts)) {
    const name = Buffer.from(path);
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    // 1980-01-01, the first day that a zip archive knows.
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const head = Buffer.concat([Buffer.from("PK\x03\x04"), common, name]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), common, tail, name);
    local.push(head, data);
    offset += head.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  const count = Object.keys(texts).length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
