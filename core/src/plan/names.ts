import { isBuiltin } from "../dataflow/names/injected-names.ts";

/** Words that no Python name may be, and names of modules that it is unwise to hide, as builtins are. */
const reserved = new Set(
  (
    "false none true and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield match case type print " +
    "abc array ast asyncio base64 bisect builtins calendar cmath cmd code codecs collections copy csv dataclasses datetime " +
    "decimal dis doctest email enum errno fractions functools gc glob gzip hashlib heapq html http inspect io itertools json " +
    "keyword locale logging math mimetypes numbers operator os parser pathlib pickle pickletools platform pprint profile queue " +
    "random re sched secrets select shelve shlex shutil signal site socket sqlite3 ssl stat statistics string struct " +
    "subprocess sys tempfile test tests textwrap this threading time token tokenize trace types typing unittest urllib uuid " +
    "warnings wave weakref xml zipfile zlib " +
    "numpy pandas sklearn torch matplotlib scipy yaml " +
    "params settings seeds inputs artifacts provenance checks displays screen definitions constants main src"
  ).split(" "),
);

/** What is one word although its name has capitals inside. */
const products =
  "PyTorch TensorFlow XGBoost LightGBM CatBoost AdaBoost NumPy SciPy SymPy PyMC PySpark MLflow NetworkX GeoPandas GeoJSON " +
  "DataFrame DataFrames ResNet AlexNet DenseNet MobileNet EfficientNet ImageNet LeNet WordNet GitHub YouTube LinkedIn " +
  "PayPal JavaScript TypeScript PostgreSQL MySQL MongoDB";
const oneWord = new RegExp(`\\b(?:${products.split(" ").join("|")})\\b`, "g");

/** Latin letters that are no letter of ASCII with a mark, as they are written where there is only ASCII. */
const latinLetters = new Map(
  "ß=ss ẞ=SS æ=ae Æ=Ae œ=oe Œ=Oe ø=o Ø=O ł=l Ł=L đ=d Đ=D ð=d Ð=D þ=th Þ=Th ħ=h Ħ=H ŧ=t Ŧ=T ŋ=ng Ŋ=Ng ı=i ə=e Ə=E"
    .split(" ")
    .map((pair) => pair.split("=") as [string, string]),
);
const latinLetter = new RegExp(`[${[...latinLetters.keys()].join("")}]`, "gu");

/** `RandomForestRegressor` and `Train the model!` as `random_forest_regressor` and `train_the_model`; ASCII only. */
export function snakeCase(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(latinLetter, (letter) => latinLetters.get(letter) ?? letter)
    .replace(/(?<=\p{L})['’](?=(?:s|t|re|ll|ve)\b)/giu, "")
    .replace(oneWord, (name) => name.toLowerCase())
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}

/**
 * A valid, unhidden Python module name made from a text; `otherwise` where nothing is left of it, and behind a name that
 * would hide another: `test_pipeline`.
 */
export function moduleName(text: string, otherwise: string, isTaken: (name: string) => boolean): string {
  const words = snakeCase(text).split("_").filter(Boolean).slice(0, 4).join("_").slice(0, 40).replace(/_+$/, "");
  const start = words === "" || /^\d/.test(words) ? `${otherwise}${words === "" ? "" : `_${words}`}` : words;
  const base = reserved.has(start) || isBuiltin(start) ? `${start}_${otherwise}` : start;
  if (!isTaken(base)) return base;
  for (let count = 2; ; count++) if (!isTaken(`${base}_${count}`)) return `${base}_${count}`;
}
