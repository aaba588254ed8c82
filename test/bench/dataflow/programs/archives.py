# %%
import bz2, gzip, io, lzma, os, shutil, tarfile, zipfile
from pathlib import Path
import pandas as pd
table = pd.DataFrame({"a": [1, 2, 3], "b": [4.0, 5.0, 6.0]})
os.makedirs("source", exist_ok=True)
table.to_csv("source/table.csv", index=False)
Path("source/notes.txt").write_text("first\nsecond\n")
# %%
with zipfile.ZipFile("data.zip", "w") as archive:
    archive.write("source/table.csv", "table.csv")
    archive.writestr("more.txt", "more")
# %%
with zipfile.ZipFile("data.zip") as archive:
    names = archive.namelist()
    archive.extractall("unpacked")
# %%
from_zip = pd.read_csv("unpacked/table.csv")
member = pd.read_csv(zipfile.ZipFile("data.zip").open("table.csv"))
text = zipfile.ZipFile("data.zip").read("more.txt").decode()
# %%
out = tarfile.open("data.tar.gz", "w:gz")
out.add("source", arcname="in-tar")
# %%
out.close()
with tarfile.open("data.tar.gz", "r:gz") as tar:
    members = tar.getnames()
    tar.extractall()
lines = Path("in-tar/notes.txt").read_text().split()
# %%
archive = zipfile.ZipFile("data.zip")
one = archive.extract("more.txt")
archive.extract("table.csv", path="single")
single = pd.read_csv(Path("single") / "table.csv")
more = open("more.txt").read()
# %%
buffer = io.BytesIO()
packed = zipfile.ZipFile(buffer, "w")
packed.writestr("x.txt", "one")
packed.writestr("y.txt", "two")
# %%
packed.close()
size = len(buffer.getvalue())
in_memory = zipfile.ZipFile(io.BytesIO(buffer.getvalue())).read("y.txt")
# %%
with gzip.open("log.gz", "wt") as log:
    log.write("a line\n")
with bz2.open("log.bz2", "wt") as log:
    log.write("b line\n")
with lzma.open("log.xz", "wt") as log:
    log.write("c line\n")
# %%
zipped = gzip.open("log.gz", "rt").read()
squeezed = bz2.open("log.bz2", "rt").read()
pressed = lzma.open("log.xz").read()
table.to_csv("table.csv.gz")
again = pd.read_csv(gzip.open("table.csv.gz"), index_col=0)
# %%
shutil.copytree("source", "copy")
shutil.make_archive("whole", "zip", "copy")
# %%
Path("source/late.txt").write_text("late")
# %%
shutil.unpack_archive("whole.zip", "whole")
copied = (Path("whole") / "notes.txt").read_text()
tar = tarfile.open("data.tar.gz", "r:gz")
first = tar.extractfile("in-tar/notes.txt").readline()
sizes = {info.name: info.size for info in tarfile.open("data.tar.gz")}
