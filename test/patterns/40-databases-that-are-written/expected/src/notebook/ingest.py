"""Fill the database."""

from __future__ import annotations

import sqlite3

from sklearn.datasets import load_iris


def ingest() -> None:
    """From cells 1 and 2 of notebook.ipynb."""
    iris = load_iris(as_frame=True).frame.rename(columns=lambda name: name.replace(" (cm)", "").replace(" ", "_"))
    con = sqlite3.connect("iris.db")
    iris.to_sql("iris", con, index=False, if_exists="replace")

    cursor = con.cursor()
    cursor.execute("delete from iris where petal_length < 1.2")
    con.commit()
    con.close()
