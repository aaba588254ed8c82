/** Something in a plan that cannot be. */
export interface PlanFault {
  readonly message: string;
  /** Where it stands in the plan, such as `["stages", 1, "inputs", 0]`; the plan itself where it is empty. */
  readonly path: PlanPath;
}

export type PlanPath = readonly (string | number)[];
