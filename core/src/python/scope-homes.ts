import type { ScopeDraft, Use } from "./scope-draft.ts";

/** Gives every name of a module and of the blocks in it its home. Uses no recursion. */
export function findHomes(top: ScopeDraft): void {
  const scopes = [top];
  for (const scope of scopes) for (const inner of scope.children) scopes.push(inner);
  for (const scope of scopes) for (const [name, use] of scope.names) use.home = homeOf(scope, name, use);
  const freeIn = new Map<ScopeDraft, Set<string>>();
  // Outer blocks come first in the list: read backwards, every block comes after those inside it.
  for (const scope of scopes.reverse()) {
    const free = freeIn.get(scope) ?? new Set();
    freeIn.delete(scope);
    for (const [name, use] of scope.names) if (use.home === "free") free.add(name);
    if (scope.parent !== undefined) passOn(free, scope.parent, freeIn);
  }
}

/** Names that are free in a block live in the one around it, or are free there too. */
function passOn(free: ReadonlySet<string>, outer: ScopeDraft, freeIn: Map<ScopeDraft, Set<string>>): void {
  let freeOutside = freeIn.get(outer);
  if (freeOutside === undefined) {
    freeOutside = new Set();
    freeIn.set(outer, freeOutside);
  }
  for (const name of free) {
    const use = outer.names.get(name);
    if (outer.isClosure && (use?.home === "local" || use?.home === "cell")) use.home = "cell";
    else if (outer.kind === "class" && name === "__class__") continue;
    else {
      freeOutside.add(name);
      if (use === undefined) outer.use(name, { home: "free" });
    }
  }
}

function homeOf(scope: ScopeDraft, name: string, use: Use): Use["home"] {
  if (use.declaredGlobal) return "global";
  if (use.declaredNonlocal) return "free";
  if (isBound(use)) return "local";
  return isBoundAround(scope, name) ? "free" : "global";
}

function isBound(use: Use): boolean {
  return use.isAssigned || use.isImported || use.isParameter;
}

/** Whether one of the functions around binds the name. */
export function isBoundAround(scope: ScopeDraft, name: string): boolean {
  return binderAround(scope, name) !== undefined;
}

/** The function, or the block of another kind that others see into, around a block that binds the name. */
export function binderAround(scope: ScopeDraft, name: string): ScopeDraft | undefined {
  for (let outer = scope.parent; outer !== undefined && outer.kind !== "module"; outer = outer.parent) {
    if (outer.kind === "class") {
      if (name === "__class__") return outer;
      continue;
    }
    const use = outer.names.get(name);
    if (use?.declaredGlobal) return undefined;
    if (use !== undefined && isBound(use) && !use.declaredNonlocal) return outer;
  }
  return undefined;
}
