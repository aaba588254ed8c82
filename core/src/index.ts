export * from "./problem/problem.ts";
export * from "./text/position.ts";
