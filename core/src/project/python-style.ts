/** How generated Python is laid out and checked; the generated pyproject.toml says the same to the user's ruff. */

export const lineLength = 120;

/** ruff's default rules (pycodestyle's errors and pyflakes), and sorted imports. */
export const lintRules: readonly string[] = ["E4", "E7", "E9", "F", "I"];
