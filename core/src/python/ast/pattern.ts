import type { Expr } from "./expression.ts";
import type { Identifier, Node } from "./node.ts";
import type { Stmt } from "./statement.ts";

export interface Match extends Node {
  readonly type: "Match";
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase extends Node {
  readonly pattern: Pattern;
  readonly guard?: Expr;
  readonly body: readonly Stmt[];
}

export type Pattern =
  | (Node & { readonly type: "MatchValue"; readonly value: Expr })
  | (Node & { readonly type: "MatchSequence"; readonly patterns: readonly Pattern[] })
  | (Node & {
      readonly type: "MatchMapping";
      readonly keys: readonly Expr[];
      readonly patterns: readonly Pattern[];
      readonly rest?: Identifier;
    })
  | (Node & {
      readonly type: "MatchClass";
      readonly cls: Expr;
      readonly patterns: readonly Pattern[];
      readonly kwd_patterns: readonly { readonly attr: Identifier; readonly pattern: Pattern }[];
    })
  | (Node & { readonly type: "MatchStar"; readonly name?: Identifier })
  | (Node & { readonly type: "MatchAs"; readonly pattern?: Pattern; readonly name?: Identifier })
  | (Node & { readonly type: "MatchOr"; readonly patterns: readonly Pattern[] });
