# %% [markdown]
# # Load
# %%
from dataclasses import dataclass, fields
import pandas as pd
base = 10
parts = []
@dataclass
class Part:
    number: int
    total: float
    def keep(self):
        parts.append(self.number)
for i in range(3):
    exec(f"df_{i} = pd.DataFrame({{'a': [{i}, base]}})")
# %% [markdown]
# # Totals
# %%
for i in range(3):
    globals()[f"total_{i}"] = locals()[f"df_{i}"].a.sum()
kinds = [field.type for field in fields(Part)]
print(total_1, df_2)
# %% [markdown]
# # Together
# %%
made = [Part(i, float(eval(f"total_{i}"))) for i in range(3)]
for part in made:
    part.keep()
exec("best = max(made, key=lambda part: part.total)")
print(best, parts, kinds, total_0 + base)
