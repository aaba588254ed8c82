import type { Identifier, SyntaxProblem } from "./ast.ts";
import type { NameInScope, Scope } from "./scope.ts";

/** What is known of a name in a block while the block is read. */
export type Use = { -readonly [field in keyof NameInScope]: NameInScope[field] };

const unused: Use = {
  home: "local",
  isParameter: false,
  isAssigned: false,
  isImported: false,
  isReferenced: false,
  declaredGlobal: false,
  declaredNonlocal: false,
  isAnnotated: false,
};

/** A block while it is read. */
export class ScopeDraft implements Scope {
  readonly kind: Scope["kind"];
  readonly name: string;
  readonly node: Scope["node"];
  readonly names = new Map<string, Use>();
  readonly children: ScopeDraft[] = [];
  readonly parent: ScopeDraft | undefined;
  readonly module: ScopeDraft;
  /** What Python refuses of the declarations in this block. */
  readonly problems: SyntaxProblem[] = [];
  readonly nonlocals: Identifier[] = [];
  /** The class whose name mangles names in this block. */
  private readonly mangler: string | undefined;

  constructor(kind: Scope["kind"], name: string, node: Scope["node"], parent: ScopeDraft | undefined) {
    this.kind = kind;
    this.name = name;
    this.node = node;
    this.parent = parent;
    this.module = parent?.module ?? this;
    this.mangler = kind === "class" ? name : parent?.mangler;
    parent?.children.push(this);
  }

  /** Whether names that it binds are seen by the blocks inside. */
  get isClosure(): boolean {
    return this.kind !== "module" && this.kind !== "class";
  }

  use(name: string, how: Partial<Use>): void {
    const mangled = this.mangled(name);
    const known = this.names.get(mangled);
    if (known !== undefined) Object.assign(known, how);
    else this.names.set(mangled, { ...unused, ...how });
  }

  /** A name as it is in this block: names of a class that begin with two underscores are private to it. */
  mangled(name: string): string {
    const owner = this.mangler?.replace(/^_+/, "");
    if (!owner || !name.startsWith("__") || name.endsWith("__") || name.includes(".")) return name;
    return `_${owner}${name}`;
  }
}
