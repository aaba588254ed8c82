# %% [markdown]
# # Orders
# %%
import sys
from pathlib import Path
sys.path.append(str(Path.cwd() / "lib"))
from shop import clean, read_orders
from shop.models import Forecast
import shop.notes as notes
# %% [markdown]
# ## Load
# %%
orders = read_orders("orders.csv")
whole = clean(orders, most=40)
whole.describe()
# %% [markdown]
# ## Prepare
# %%
whole["weekend"] = whole["day"] >= 5
whole["per_piece"] = whole["price"] / whole["amount"]
train_rows = whole[whole["day"] != 3]
test_rows = whole[whole["day"] == 3]
# %% [markdown]
# ## Train
# %%
forecast = Forecast(["day", "amount"], alpha=0.5).fit(train_rows)
# %% [markdown]
# ## Evaluate
# %%
print(round(forecast.error(test_rows), 4), orders["amount"].max())
# %%
print(notes.told())
