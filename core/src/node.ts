export * from "./host/assets.ts";
export * from "./host/atomic-file.ts";
export * from "./host/cache-folder.ts";
export * from "./host/child-process.ts";
