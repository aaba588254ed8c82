/** Keeps large outputs outside of memory, for as long as somebody holds what `put` answered. */
export interface OutputStore {
  put(text: string): StoredText;
}

export interface StoredText {
  read(): string;
}

/** From this size on (in characters) an output, or finished text of one, goes to the store. */
export const storedFrom = 1 << 16;

/** Keeps outputs in memory after all. */
export const memoryStore: OutputStore = { put: (text) => ({ read: () => text }) };
