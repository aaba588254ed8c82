/** Modules of Node that many parts of the program import, and that take it from one to three milliseconds each to load. */
const late: ReadonlySet<string> = new Set([
  "node:child_process",
  "node:crypto",
  "node:fs/promises",
  "node:stream/consumers",
  "node:timers/promises",
  "node:zlib",
]);

/**
 * A `require` that gives these modules without loading them: each is loaded when something of it is asked for. A program
 * of one file requires what any of its parts imports, and a command uses few of these, an analysis none.
 */
export function requiringLater(require: NodeJS.Require): NodeJS.Require {
  const requireLate = (name: string) => (late.has(name) ? lateModule(() => require(name)) : require(name));
  return Object.assign(requireLate, require);
}

function lateModule(load: () => object): object {
  let loaded: object | undefined;
  const module = () => {
    loaded ??= load();
    return loaded;
  };
  return new Proxy(
    {},
    {
      get: (_, name) => Reflect.get(module(), name),
      has: (_, name) => Reflect.has(module(), name),
      ownKeys: () => Reflect.ownKeys(module()),
      // A proxy may not call anything fixed that its target lacks.
      getOwnPropertyDescriptor: (_, name) => {
        const found = Reflect.getOwnPropertyDescriptor(module(), name);
        return found && { ...found, configurable: true };
      },
    },
  );
}
