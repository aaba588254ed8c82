import type { StatementId } from "../dataflow/model.ts";
import type { PlanWish } from "./edited/wish.ts";

/** What a caller may ask of a plan. */
export interface PlanOptions {
  /** The package's name; made from the notebook's file name where absent. */
  readonly package?: string;
  /**
   * Where to cut: at the notebook's headings, where the work changes (loading, features, training, evaluation), or
   * nowhere. By default at the headings where there are some, otherwise where the work changes.
   */
  readonly stages?: "headings" | "roles" | "single";
  /** Which order of the cells to follow; by default the document's, unless only the recorded one can run. */
  readonly order?: "document" | "recorded";
  /** Statements that stay in one stage with all that stands between them: what a proof saw, and the analysis did not. */
  readonly together?: readonly StatementPair[];
  /** Whether what is only looked at moves to a report beside the way (the default), or stays where it stands. */
  readonly exploration?: "apart" | "in-place";
  /** Which statements a person wants in which stage; what cannot be is changed as little as possible. */
  readonly wish?: PlanWish;
}

export type StatementPair = readonly [from: StatementId, to: StatementId];

/** `reprise:stage=train` on a cell puts it into that stage, `reprise:skip` leaves it out. */
export const stageTag = /^reprise:stage=(.+)$/;
export const skipTag = "reprise:skip";
