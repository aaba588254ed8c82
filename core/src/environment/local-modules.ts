import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Dataflow } from "../dataflow/model.ts";
import { importedModules } from "../plan/written-modules.ts";

/** A package beside a notebook that has more files than this is not one that belongs to it. */
const mostFiles = 2000;

/**
 * The modules and packages beside a notebook that it imports, and those that these import, as text by path below
 * `folder`, with forward slashes. Whatever stands in such a file, it is read and never run.
 */
export function localModuleFiles(flow: Pick<Dataflow, "cells">, folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const waiting = [...new Set(flow.cells.flatMap(importedModules))];
  const seen = new Set(waiting);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const path of filesOf(name, folder)) {
      const text = readFileSync(join(folder, path), "utf8");
      files.set(path, text);
      // Read by line and not by syntax: what only looks like an import brings a file along that nobody needs.
      for (const [, imported = ""] of text.matchAll(/^[ \t]*(?:import|from)[ \t]+([\p{L}_][\p{L}\p{N}_]*)/gmu)) {
        if (seen.has(imported)) continue;
        seen.add(imported);
        waiting.push(imported);
      }
    }
  }
  return files;
}

function filesOf(name: string, folder: string): readonly string[] {
  if (existsSync(join(folder, name)) && statSync(join(folder, name)).isDirectory()) {
    const below: string[] = [];
    const waiting = [name];
    for (let at = waiting.pop(); at !== undefined && below.length < mostFiles; at = waiting.pop()) {
      for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
        if (entry.name.startsWith(".") || entry.name === "__pycache__") continue;
        if (entry.isDirectory()) waiting.push(`${at}/${entry.name}`);
        else if (entry.isFile() && entry.name.endsWith(".py")) below.push(`${at}/${entry.name}`);
      }
    }
    if (below.length > 0) return below;
  }
  return existsSync(join(folder, `${name}.py`)) ? [`${name}.py`] : [];
}
