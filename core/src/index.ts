export * from "./text/position.ts";
export * from "./text/progress.ts";
export * from "./problem/catalog.ts";
export * from "./problem/problem.ts";
