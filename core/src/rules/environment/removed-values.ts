/** A value of an argument that a library no longer takes. */
export interface RemovedValue {
  /** The function or class that is called. */
  readonly name: string;
  /** The argument, and where it stands when it is given by its place. */
  readonly argument: string;
  readonly at?: number;
  readonly value: string;
  /** A number may stand before the value: `2H`. */
  readonly counted?: boolean;
  /** The first version without it. */
  readonly since: string;
  /** What to write in its place, as Python. */
  readonly now: string;
  /** The error that it ends in. */
  readonly error: string;
}

/** Of several functions, the values that went from one argument in one version, with what they are called now. */
interface RemovedValues extends Omit<RemovedValue, "name" | "value" | "now"> {
  readonly names: readonly string[];
  readonly now: Readonly<Record<string, string>>;
}

/** Names of matplotlib's styles after those of seaborn: the first is `seaborn` itself. */
const seabornStyles = (
  " -bright -colorblind -dark -dark-palette -darkgrid -deep -muted -notebook -paper -pastel -poster -talk -ticks -white " +
  "-whitegrid"
).split(" ");

/** pandas' names of frequencies that are called otherwise now. Periods go on having the old ones. */
const frequencies = {
  ...{ M: '"ME"', Q: '"QE"', Y: '"YE"', A: '"YE"', BM: '"BME"', BQ: '"BQE"', BY: '"BYE"', BA: '"BYE"' },
  ...{ H: '"h"', T: '"min"', S: '"s"', L: '"ms"', U: '"us"', N: '"ns"' },
};
const ofFrequencies = { counted: true, since: "3.0", now: frequencies, error: "ValueError" } as const;

const trees = ["tree.DecisionTree", "tree.ExtraTree", "ensemble.ExtraTrees", "ensemble.RandomForest"];
const regressors = trees.map((name) => `${name}Regressor`);
const classifiers = trees.map((name) => `${name}Classifier`);

const tables: readonly RemovedValues[] = [
  {
    ...{ names: ["matplotlib.pyplot.style.use", "matplotlib.style.use"], argument: "style", at: 0, since: "3.8" },
    now: Object.fromEntries(seabornStyles.map((ending) => [`seaborn${ending}`, `"seaborn-v0_8${ending}"`])),
    error: "OSError",
  },
  { names: ["pandas.date_range", "pandas.timedelta_range"], argument: "freq", at: 3, ...ofFrequencies },
  { names: ["pandas.DataFrame.asfreq", "pandas.Series.asfreq"], argument: "freq", at: 0, ...ofFrequencies },
  { names: ["pandas.DataFrame.resample", "pandas.Series.resample"], argument: "rule", at: 0, ...ofFrequencies },
  { names: ["pandas.Grouper"], argument: "freq", ...ofFrequencies },
  ofSklearn("loss", "1.3", { log: '"log_loss"' }, ["linear_model.SGDClassifier"], 0),
  ofSklearn("loss", "1.2", { squared_loss: '"squared_error"' }, ["linear_model.SGDRegressor"], 0),
  ofSklearn("loss", "1.2", { absolute_loss: '"absolute_error"', squared_loss: '"squared_error"' }, [
    "linear_model.RANSACRegressor",
  ]),
  ofSklearn("loss", "1.3", { deviance: '"log_loss"' }, ["ensemble.GradientBoostingClassifier"]),
  ofSklearn("loss", "1.2", { ls: '"squared_error"', lad: '"absolute_error"' }, ["ensemble.GradientBoostingRegressor"]),
  ofSklearn("loss", "1.2", { least_squares: '"squared_error"' }, ["ensemble.HistGradientBoostingRegressor"], 0),
  ofSklearn("penalty", "1.4", { none: "None" }, [
    "linear_model.LogisticRegression",
    "linear_model.LogisticRegressionCV",
  ]),
  ofSklearn("algorithm", "1.3", { auto: '"lloyd"', full: '"lloyd"' }, ["cluster.KMeans"]),
  ofSklearn("criterion", "1.2", { mse: '"squared_error"', mae: '"absolute_error"' }, regressors),
  ofSklearn("criterion", "1.2", { mse: '"squared_error"' }, [
    "ensemble.GradientBoostingClassifier",
    "ensemble.GradientBoostingRegressor",
  ]),
  // What `auto` was: the root for classifiers, every feature for regressors.
  ofSklearn("max_features", "1.3", { auto: '"sqrt"' }, [...classifiers, "ensemble.GradientBoostingClassifier"]),
  ofSklearn("max_features", "1.3", { auto: "1.0" }, [...regressors, "ensemble.GradientBoostingRegressor"]),
];

function ofSklearn(
  argument: string,
  since: string,
  now: Readonly<Record<string, string>>,
  names: readonly string[],
  at?: number,
): RemovedValues {
  const place = at === undefined ? {} : { at };
  return { names: names.map((name) => `sklearn.${name}`), argument, ...place, since, now, error: "ValueError" };
}

/** From the libraries' release notes; `test/core/rules/removed-apis.test.ts` tries each in the installed library. */
export const removedValues: readonly RemovedValue[] = tables.flatMap(({ names, now, ...rest }) =>
  names.flatMap((name) => Object.entries(now).map(([value, instead]) => ({ ...rest, name, value, now: instead }))),
);
