import type { DraftCell } from "../../programs/draft.ts";
import { addAndRun, after, before, code, type Operator, type Site, type Subject } from "./operator.ts";

interface Split {
  readonly site: Site;
  readonly rows: string;
  readonly target: string;
}

/** The cell that splits, with the names of what it splits. */
function splitIn({ sites }: Subject): Split | undefined {
  for (const site of sites) {
    const [, rows, target] = /train_test_split\(\s*(\w+), (\w+)/.exec(site.source) ?? [];
    if (rows !== undefined && target !== undefined && /X_train, X_test, y_train, y_test/.test(site.source))
      return { site, rows, target };
  }
  return undefined;
}

function siteOf({ sites }: Subject, text: RegExp): Site | undefined {
  return sites.find(({ source }) => text.test(source));
}

/** Scored on the test rows, and nowhere cross-validated. */
function isScoredOnce(subject: Subject): boolean {
  return (
    siteOf(subject, /\.score\(X_test, y_test\)/) !== undefined && siteOf(subject, /cross_val_score\(/) === undefined
  );
}

/** A fault that is put in before the split. */
function beforeSplit(name: string, rule: string, cellOf: (split: Split, subject: Subject) => DraftCell): Operator {
  return {
    name,
    plant(subject) {
      const split = splitIn(subject);
      const isMadeAbove = subject.sites.some(
        ({ at, binds }) => at < (split?.site.at ?? 0) && binds.includes(split?.rows ?? ""),
      );
      if (split === undefined || !isMadeAbove) return undefined;
      const cell = cellOf(split, subject);
      return {
        steps: before(subject, split.site.id, ...addAndRun(cell, split.site)),
        expected: [{ rules: [rule], cell: cell.id }],
      };
    },
  };
}

export const leakage: readonly Operator[] = [
  beforeSplit("fit before the split", "NB501", ({ rows, target }, { random }) =>
    random.pick([
      code(
        "fitted",
        "from sklearn.preprocessing import StandardScaler",
        `${rows} = StandardScaler().fit_transform(${rows})`,
      ),
      code(
        "fitted",
        "from sklearn.preprocessing import MinMaxScaler",
        "early = MinMaxScaler()",
        `${rows} = early.fit_transform(${rows})`,
      ),
      code("fitted", "from sklearn.impute import SimpleImputer", `${rows} = SimpleImputer().fit_transform(${rows})`),
      code(
        "fitted",
        "from sklearn.feature_selection import SelectKBest",
        `${rows} = SelectKBest(k=2).fit(${rows}, ${target}).transform(${rows})`,
      ),
      code(
        "fitted",
        "from sklearn.decomposition import PCA",
        "pca = PCA(n_components=2)",
        `pca.fit(${rows})`,
        `${rows} = pca.transform(${rows})`,
      ),
    ]),
  ),
  beforeSplit("scale by hand before the split", "NB501", ({ rows }) =>
    code("scaled", `${rows} = (${rows} - ${rows}.mean(axis=0)) / ${rows}.std(axis=0)`),
  ),
  beforeSplit("resample before the split", "NB502", ({ rows, target }, { random }) =>
    random.pick([
      code(
        "resampled",
        "from sklearn.utils import resample",
        `${rows}, ${target} = resample(${rows}, ${target}, n_samples=80, random_state=0)`,
      ),
      code(
        "resampled",
        "import numpy as np",
        `repeated = np.random.default_rng(0).choice(len(${rows}), 80)`,
        `${rows}, ${target} = np.asarray(${rows})[repeated], np.asarray(${target})[repeated]`,
      ),
      code(
        "resampled",
        "import numpy as np",
        `${rows} = np.concatenate([${rows}, ${rows}])`,
        `${target} = np.concatenate([${target}, ${target}])`,
      ),
    ]),
  ),
  {
    name: "run the split again",
    plant(subject) {
      const split = splitIn(subject);
      const fit = siteOf(subject, /\.fit\(X_train, y_train\)$/m);
      const isScored = siteOf(subject, /\.(?:score|predict)\(X_test/) !== undefined;
      if (split === undefined || fit === undefined || fit.id === split.site.id || !isScored) return undefined;
      const source = split.site.source.replace(/, random_state=\w+/, "");
      const steps = after(subject, fit.id, { run: split.site.id }).flatMap((step) =>
        "run" in step && step.run === split.site.id ? [{ edit: split.site.id, source }, step] : [step],
      );
      return { steps, expected: [{ rules: ["NB507"], cell: split.site.id }] };
    },
  },
  {
    name: "no test rows at all",
    plant(subject) {
      const split = splitIn(subject);
      if (split === undefined || !isScoredOnce(subject)) return undefined;
      const { site, rows, target } = split;
      const edits = subject.sites
        .filter(({ at, source }) => at > site.at && /_(?:train|test)\b/.test(source))
        .map(({ id, source }) => ({
          edit: id,
          source: source
            .replace(/^X_test = .*\n?/m, "")
            .replace(/\bX_(?:train|test)\b/g, rows)
            .replace(/\by_(?:train|test)\b/g, target),
        }));
      const ran = before(subject, site.id, { delete: site.id }).filter(
        (step) => !("run" in step && step.run === site.id),
      );
      return { steps: [...edits, ...ran], expected: [{ rules: ["NB504"] }] };
    },
  },
  {
    name: "score on the training rows",
    plant(subject) {
      const split = splitIn(subject);
      if (split === undefined || !isScoredOnce(subject)) return undefined;
      const edits = subject.sites
        .filter(({ at, source }) => at > split.site.at && /_test\b/.test(source) && !/X_test = /.test(source))
        .map(({ id, source }) => ({ edit: id, source: source.replace(/\b([Xy])_test\b/g, "$1_train") }));
      return { steps: [...edits, ...before(subject, split.site.id)], expected: [{ rules: ["NB504"] }] };
    },
  },
  {
    name: "tune on the test rows",
    plant(subject) {
      const score = siteOf(subject, /\.(?:score|predict)\(X_test\b/);
      if (score === undefined || splitIn(subject) === undefined) return undefined;
      const cell = subject.random.pick([
        code(
          "tuned",
          "from sklearn.tree import DecisionTreeClassifier",
          "best, best_score = None, -1.0",
          "for depth in range(1, 5):",
          "    candidate = DecisionTreeClassifier(max_depth=depth, random_state=0).fit(X_train, y_train)",
          "    if candidate.score(X_test, y_test) > best_score:",
          "        best, best_score = candidate, candidate.score(X_test, y_test)",
          "print(best_score)",
        ),
        code(
          "tuned",
          "from sklearn.neighbors import KNeighborsClassifier",
          "from sklearn.metrics import accuracy_score",
          "scores = {}",
          "for k in [1, 3, 5]:",
          "    knn = KNeighborsClassifier(n_neighbors=k)",
          "    knn.fit(X_train, y_train)",
          "    scores[k] = accuracy_score(y_test, knn.predict(X_test))",
          "best_k = max(scores, key=scores.get)",
          "final = KNeighborsClassifier(n_neighbors=best_k).fit(X_train, y_train)",
          "print(final.score(X_test, y_test))",
        ),
      ]);
      return { steps: after(subject, score.id, ...addAndRun(cell)), expected: [{ rules: ["NB503"], cell: cell.id }] };
    },
  },
  {
    name: "split a time series at random",
    plant(subject) {
      const [made, split] = [
        code(
          "series",
          "import numpy as np",
          "import pandas as pd",
          'daily = pd.DataFrame({"date": pd.date_range("2024-01-01", periods=60), "load": np.arange(60) % 7})',
          'daily["yesterday"] = daily["load"].shift(1)',
          "daily = daily.dropna()",
        ),
        code(
          "divided",
          "from sklearn.model_selection import train_test_split",
          'past, future, load_past, load_future = train_test_split(daily[["yesterday"]], daily["load"], random_state=0)',
          "print(len(past), len(future))",
        ),
      ];
      return {
        steps: [...before(subject, ""), ...addAndRun(made), ...addAndRun(split)],
        expected: [{ rules: ["NB505"], cell: split.id }],
      };
    },
  },
  {
    name: "a feature made of the target",
    plant(subject) {
      const [made, features] = [
        code(
          "houses",
          "import pandas as pd",
          'houses = pd.DataFrame({"street": list("aabbccddee") * 4, "rooms": range(40), "price": range(100, 140)})',
          'houses["street_price"] = houses.groupby("street")["price"].transform("mean")',
        ),
        code(
          "divided",
          "from sklearn.model_selection import train_test_split",
          'inputs = houses[["rooms", "street_price"]]',
          'train_in, test_in, train_out, test_out = train_test_split(inputs, houses["price"], random_state=0)',
          "print(len(test_in))",
        ),
      ];
      return {
        steps: [...before(subject, ""), ...addAndRun(made), ...addAndRun(features)],
        expected: [{ rules: ["NB506"], cell: made.id }],
      };
    },
  },
];
