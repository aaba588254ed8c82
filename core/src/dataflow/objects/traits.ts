import type { RandomDraw } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import type { Callable } from "./callable.ts";
import type { Region } from "./memory-region.ts";
import type { AbstractObject } from "./objects.ts";
import type { Reach } from "./reach.ts";

export type ConstantValue = string | number | bigint | boolean | null;

/** What an object is, beside what it holds. Changed by `AbstractObject.set` alone. */
export interface Traits {
  /** Qualified; `undefined` where unknown. */
  type: string | undefined;
  mutable: boolean;
  /** Folded; a text for `str` and for paths. */
  constant: ConstantValue | undefined;
  /** No statement behind this one has changed anything that it holds, directly or not; -1 where none ever has. */
  below: number;
  /** Whether it is code of the notebook, or holds some, directly or not: functions, classes and their instances. */
  reachesCode: boolean;
  /** What all that shares its memory has in common; absent where nothing does. */
  region: Region | undefined;
  /** All that it reaches; absent where that is not much. */
  reach: Reach | undefined;
  /** The table that it is one column of, and its name there since then. */
  column: { readonly of: AbstractObject; readonly name: string; readonly since: number } | undefined;
  /** The newest statement that may have given its columns other names; -1 where none has. */
  renamed: number;
  /** What going through it does, where that is not done when it is made: a generator's body, the function of `map`. */
  resume: Resume | undefined;
  /** The call that made it, where it draws random numbers later. */
  origin: ast.Call | undefined;
  /** How its methods draw. */
  draws: RandomDraw | undefined;
  /** Whether what made it fixed its seed. */
  seeded: boolean;
  /** Whether it is a model that is surely only asked from here on: `net.eval()`. */
  evaluating: boolean;
}

/** What is done later, and the newest statement that has done it. */
export interface Resume {
  done: number;
  readonly again: () => void;
}

/** What is known of an object when it is made. */
export interface ObjectFacts {
  readonly type?: string | undefined;
  readonly mutable?: boolean;
  readonly constant?: ConstantValue | undefined;
  readonly qualified?: string;
  readonly callable?: Callable;
  /** How many unknown objects it is a part of a part of; absent for none. */
  readonly depth?: number;
}
