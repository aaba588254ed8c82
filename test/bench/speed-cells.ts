import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readNotebook } from "../../core/src/notebook/read.ts";

const root = join(import.meta.dirname, "..", "..");

/** The code cells of all samples, one after another, from the beginning again until there are `count`. */
export function sampleCells(count: number): readonly string[] {
  const cells = globSync(join(root, "samples", "*", "*.ipynb"))
    .sort()
    .flatMap((file) => readNotebook(readFileSync(file, "utf8"), file).cells)
    .flatMap((cell) => (cell.kind === "code" ? [cell.source] : []));
  return Array.from({ length: count }, (_, at) => cells[at % cells.length] as string);
}

/** Notebooks that grow, each in one way of those that real ones grow in: the cell at an index. */
export const growing: Readonly<Record<string, (at: number) => string>> = {
  "a chain of tables": (at) =>
    at === 0
      ? "import pandas as pd\ndf0 = pd.read_csv('a.csv')"
      : `df${at} = df${at - 1}[df${at - 1}['a'] > ${at}].copy()\nprint(df${at}.shape)`,
  "one table that gets columns": (at) =>
    at === 0 ? "import pandas as pd\ndf = pd.read_csv('a.csv')" : `df['c${at}'] = df['c${at - 1}'] * 2\ndf.head()`,
  "a list that is appended to and printed": (at) =>
    at === 0 ? "rows = []" : `rows.append({'a': ${at}, 'b': [${at}]})\nprint(rows)`,
  "a dictionary of results": (at) =>
    at === 0
      ? "import pandas as pd\nresults = {}\ndf = pd.read_csv('a.csv')"
      : `results['r${at}'] = df.groupby('a').mean()\nprint(pd.concat(results))`,
  "models that are fitted and kept": (at) =>
    at === 0
      ? "from sklearn.linear_model import LinearRegression\nmodels = []\nX, y = [[1]], [1]"
      : `m${at} = LinearRegression()\nmodels.append(m${at})\nm${at}.fit(X, y)\nprint(models)`,
  "views of views": (at) =>
    at === 0 ? "import numpy as np\nv0 = np.zeros(10)" : `v${at} = v${at - 1}[1:]\nv${at}[0] = 1`,
  "loops with the same variable": (at) => (at === 0 ? "log = []" : `for k in range(3):\n    log.append(k)\nprint(log)`),
  "functions that call one another": (at) =>
    at === 0
      ? "def f0(a):\n    return a + 1"
      : `def f${at}(a):\n    return f${at - 1 - ((at - 1) % 5)}(a) + ${at}\ny${at} = f${at}(${at})`,
  figures: (at) =>
    at === 0
      ? "import matplotlib.pyplot as plt\nimport numpy as np"
      : `fig${at}, ax${at} = plt.subplots()\nax${at}.plot(np.arange(10), np.arange(10))\nplt.show()`,
  "code in texts, in every cell": (at) => `v${at} = [${at}]\nexec('v${at} += 1')`,
  "names that nothing defines": (at) => `w${at} = u${at} + v${at}`,
  "unknown calls on a growing list": (at) =>
    at === 0 ? "import frob\nrows = []" : `rows.append(frob.make(${at}))\nfrob.show(rows)`,
};
