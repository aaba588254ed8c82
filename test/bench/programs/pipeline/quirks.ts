import { cell, type Step } from "./story.ts";

/** Things that people do between two steps, none of them tidy. */
export const quirks: readonly Step[] = [
  // A counter in a global.
  (story) => {
    cell(
      story,
      [],
      "calls = 0",
      "def log(message):",
      "    global calls",
      "    calls += 1",
      '    print(f"[{calls}] {message}")',
    );
    cell(story, [], 'log("starting")');
    cell(story, [], 'log("still going")', "calls");
  },
  // An iterator that two cells consume.
  (story) => {
    cell(
      story,
      [],
      `batches = iter([${story.writer.number(1, 9)}, ${story.writer.number(1, 9)}, 7, 8])`,
      "first_batch = next(batches)",
    );
    cell(story, [], "second_batch = next(batches)", "rest = sum(batches)", "print(first_batch, second_batch, rest)");
  },
  // A generator function, and a closure with state.
  (story) => {
    cell(
      story,
      [],
      "def make_counter():",
      "    count = 0",
      "    def step():",
      "        nonlocal count",
      "        count += 1",
      "        return count",
      "    return step",
    );
    cell(story, [], "tick = make_counter()", "tick()");
    cell(story, [], "ticks = [tick() for _ in range(3)]", "ticks");
  },
  // State in a mutable default.
  (story) => {
    cell(story, [], "def remember(value, seen=[]):", "    seen.append(value)", "    return len(seen)");
    cell(story, [], 'remember("a")', 'n_seen = remember("b")');
    cell(story, [], "print(n_seen)");
  },
  // A list and its alias, changed apart.
  (story) => {
    cell(story, [], "history = []", "log_lines = history");
    cell(story, [], 'history.append("loaded")');
    cell(story, [], 'log_lines.append("cleaned")', "print(history)");
  },
  // A numpy view that is written to.
  (story) => {
    cell(story, ["import numpy as np"], "grid = np.arange(12.0).reshape(3, 4)", "corner = grid[:2, :2]");
    cell(story, [], `corner[...] = ${story.writer.number(20, 40)}`, "grid.sum()");
  },
  // A class redefined after an object was made.
  (story) => {
    cell(
      story,
      [],
      "class Config:",
      "    depth = 2",
      "    def describe(self):",
      '        return f"depth {self.depth}"',
    );
    cell(story, [], "config = Config()", "config.depth = 5");
    cell(story, [], "config.describe()");
  },
  // Names that come and go.
  (story) => {
    cell(story, [], `tmp = list(range(${story.writer.number(3, 9)}))`, "total = 0");
    cell(story, [], "for item in tmp:", "    total += item", "del tmp");
    cell(story, [], "tmp = total * 2", "print(item, tmp)");
  },
  // A condition decides what a function is.
  (story) => {
    cell(
      story,
      [],
      `VERBOSE = ${story.writer.random.pick(["True", "False"])}`,
      "if VERBOSE:",
      "    def say(text):",
      "        print(text)",
      "else:",
      "    def say(text):",
      "        pass",
    );
    cell(story, [], 'say("hello from the notebook")');
  },
  // A file written in one cell and read in another.
  (story) => {
    cell(story, ["from pathlib import Path"], 'Path("notes.txt").write_text("first line\\n")');
    cell(story, [], 'with open("notes.txt", "a") as notes:', '    notes.write("second line\\n")');
    cell(story, [], 'lines = Path("notes.txt").read_text().splitlines()', "len(lines)");
  },
  // Nobody seeds it.
  (story) => {
    cell(story, ["import random"], "ids = list(range(10))", "random.shuffle(ids)");
    cell(story, [], "len(ids), sorted(ids)[:3]");
  },
  // Settings.
  (story) =>
    cell(
      story,
      ["import pandas as pd", "import warnings"],
      'pd.set_option("display.max_columns", 20)',
      'warnings.filterwarnings("ignore")',
    ),
  (story) =>
    cell(
      story,
      ["import os"],
      `os.environ["RUN_NAME"] = "run-${story.writer.number(1, 99)}"`,
      'run_name = os.environ["RUN_NAME"]',
      "print(run_name)",
    ),
  // Magics.
  (story) => cell(story, [], "%time total_time = sum(range(1000))", "total_time"),
  (story) => cell(story, [], "%matplotlib inline"),
  // A database in memory.
  (story) => {
    cell(
      story,
      ["import sqlite3"],
      'db = sqlite3.connect(":memory:")',
      'db.execute("create table runs (name text, score real)")',
    );
    cell(
      story,
      [],
      `db.execute("insert into runs values (?, ?)", ("first", ${story.writer.number(1, 9)} / 10))`,
      "db.commit()",
    );
    cell(story, [], 'rows = db.execute("select * from runs").fetchall()', "rows");
  },
  // Text that is code.
  (story) => {
    cell(story, [], 'name = "north"', 'greeting = "region {name}".format(**globals())', "greeting");
  },
  // The bare name of a builtin.
  (story) => {
    cell(story, [], "sum_ = sum", "sum = sum_([1, 2, 3])", "print(sum)", "del sum");
  },
  // Dataclass configuration.
  (story) => {
    cell(
      story,
      ["from dataclasses import dataclass, field"],
      "@dataclass",
      "class Settings:",
      '    name: str = "baseline"',
      `    epochs: int = ${story.writer.number(2, 9)}`,
      "    notes: list = field(default_factory=list)",
    );
    cell(story, [], "settings = Settings()", 'settings.notes.append("first try")');
    cell(story, [], "settings.epochs += 1", "settings");
  },
  // A cache.
  (story) => {
    cell(
      story,
      ["from functools import lru_cache"],
      "@lru_cache(maxsize=None)",
      "def slow_square(n):",
      '    print("computing", n)',
      "    return n * n",
    );
    cell(story, [], "slow_square(4)");
    cell(story, [], "squares = [slow_square(n) for n in (3, 4, 5)]", "squares");
  },
];
