import { controls } from "./controls.ts";
import { hiddenState } from "./hidden-state.ts";
import { leakage } from "./leakage.ts";
import type { Operator } from "./operator.ts";
import { outside } from "./outside.ts";
import { randomness } from "./randomness.ts";

export const operators: readonly Operator[] = [...hiddenState, ...randomness, ...leakage, ...outside, ...controls];
