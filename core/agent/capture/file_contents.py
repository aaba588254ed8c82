"""What a file holds, as a value: by its name where a library here can read it, else its text, else its bytes.

Only files that a run has written are read, in the environment in which it ran.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import re
import sqlite3
import zipfile
from typing import Any

from .unpickling import load_joblib, load_torch, loads

# A file of more than this is not taken apart.
MOST_BYTES = 1 << 30


class DoesNotFitError(Exception):
    """The file is of another kind than its name says, or the library that could read it is not here."""


def table(data: bytes) -> Any:
    """Comma or tab separated: each column as ints, floats or texts, whichever all of its cells are."""
    text = data.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise DoesNotFitError
    header, *body = rows
    return {f"column {name!r}" if header.count(name) == 1 else f"column {at}, {name!r}": numbers([row[at] for row in body]) for at, name in enumerate(header)}


def numbers(cells: list) -> list:
    for kind in (int, float):
        try:
            return [kind(cell) for cell in cells]
        except ValueError:
            continue
    return cells


def lines_of_json(data: bytes) -> Any:
    return [json.loads(line) for line in data.decode().splitlines() if line.strip()]


def picture(data: bytes) -> Any:
    """Its pixels; every frame of a moving one."""
    import numpy
    from PIL import Image, ImageSequence

    with Image.open(io.BytesIO(data)) as image:
        frames = [numpy.asarray(frame.convert("RGBA")) for frame in ImageSequence.Iterator(image)]
    return {"size": list(image.size), "pixels": frames}


def vector_picture(data: bytes) -> Any:
    """SVG, without its date, and with ids in the order in which they come."""
    text = re.sub(r"<dc:date>[^<]*</dc:date>", "", data.decode())
    order: dict = {}
    named = re.sub(r"\b([a-zA-Z])[0-9a-f]{10}\b", lambda found: order.setdefault(found[0], f"{found[1]}#{len(order)}"), text)
    return named.splitlines()


def document(data: bytes) -> Any:
    """PDF, without its dates and its id."""
    return re.sub(rb"/(CreationDate|ModDate) ?\([^)]*\)|/ID ?\[[^\]]*\]", b"", data)


def archive(data: bytes) -> Any:
    """The members of a zip file, without their times. A workbook's own record of when it was saved is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        if sum(member.file_size for member in opened.infolist()) > MOST_BYTES:
            raise DoesNotFitError
        return {name: opened.read(name) for name in sorted(opened.namelist()) if name != "docProps/core.xml"}


def numpy_file(data: bytes) -> Any:
    import numpy

    loaded = numpy.load(io.BytesIO(data), allow_pickle=False)
    return dict(loaded) if hasattr(loaded, "files") else loaded


def columns(data: bytes) -> Any:
    import pandas

    return pandas.read_parquet(io.BytesIO(data))


def feather(data: bytes) -> Any:
    import pandas

    return pandas.read_feather(io.BytesIO(data))


def named_tensors(data: bytes) -> Any:
    from safetensors.numpy import load

    return load(data)


def hierarchy(data: bytes) -> Any:
    import h5py

    found: dict = {}
    with h5py.File(io.BytesIO(data), "r") as file:
        found["attributes of the file"] = dict(file.attrs)
        file.visititems(lambda name, item: found.update({name: item[()] if hasattr(item, "dtype") else None, f"attributes of {name}": dict(item.attrs)}))
    return found


def database(data: bytes) -> Any:
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        return list(connection.iterdump())
    finally:
        connection.close()


# How files are read, by the ending of their names.
BY_ENDING: dict = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), table),
    **dict.fromkeys((".json", ".geojson", ".ipynb"), json.loads),
    **dict.fromkeys((".jsonl", ".ndjson"), lines_of_json),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"), picture),
    ".svg": vector_picture,
    ".pdf": document,
    **dict.fromkeys((".npy", ".npz"), numpy_file),
    **dict.fromkeys((".parquet", ".pq"), columns),
    ".feather": feather,
    **dict.fromkeys((".pkl", ".pickle"), loads),
    ".joblib": load_joblib,
    **dict.fromkeys((".pt", ".pth", ".ckpt"), load_torch),
    ".safetensors": named_tensors,
    **dict.fromkeys((".h5", ".hdf5", ".keras"), hierarchy),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), database),
    **dict.fromkeys((".zip", ".xlsx", ".docx", ".pptx"), archive),
}


def by_name(path: str, name: str) -> Any:
    """As the ending of its name says. Raises where it is not of that kind."""
    stem, ending = os.path.splitext(name.lower())
    data = octets(path)
    if ending == ".gz":
        data = unzipped(data)
        ending = os.path.splitext(stem)[1]
    read = BY_ENDING.get(ending)
    if read is None:
        raise DoesNotFitError
    return read(data)


def unzipped(data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DoesNotFitError
    return content


def any_pickle(path: str, name: str) -> Any:
    """A model is saved under any name."""
    data = octets(path)
    if data[:1] != b"\x80":
        raise DoesNotFitError
    return loads(data)


def any_archive(path: str, name: str) -> Any:
    data = octets(path)
    if data[:4] != b"PK\x03\x04":
        raise DoesNotFitError
    return archive(data)


def text(path: str, name: str) -> list:
    """Lines."""
    decoded = octets(path).decode("utf-8")
    if "\0" in decoded:
        raise DoesNotFitError
    return decoded.splitlines()


def octets(path: str, name: str = "") -> bytes:
    if os.path.getsize(path) > MOST_BYTES:
        raise DoesNotFitError
    with open(path, "rb") as file:
        return file.read()


def digest(path: str, name: str) -> Any:
    """Of what is too large to be taken apart."""
    found = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return {"bytes": os.path.getsize(path), "sha256": found.hexdigest()}


# In the order in which they are tried: what a reading cannot read, it raises for.
READINGS: dict = {"name": by_name, "pickle": any_pickle, "archive": any_archive, "text": text, "bytes": octets, "digest": digest}
