# %% [markdown]
# # Fetch
# %%
%mkdir -p fetched
!printf 'city,people\nOslo,709\nBergen,291\n' | tee fetched/cities.csv
%env FETCHED=fetched
import os
import subprocess
import pandas as pd
cities = pd.read_csv(f"{os.environ['FETCHED']}/cities.csv")
# %% [markdown]
# # Clean
# %%
print("before the command")
subprocess.run(["echo", "from a program of its own"])
print("behind it")
cities["people"] = cities["people"] * 1000
# %%
%%bash
echo "rows: $(wc -l < fetched/cities.csv)"
cp fetched/cities.csv fetched/copy.csv
# %%
files = !ls fetched
names = %sx ls fetched/*.csv
total = int(cities["people"].sum())
# %% [markdown]
# # Report
# %%
print(total, files.n, files.grep("copy"), names.s)
!echo {total} | tee fetched/total.txt; echo "to the other stream" >&2
# %%
open("fetched/total.txt").read()
