# %% [markdown]
# # Orders
# %%
import os
import sys
sys.path.append(os.path.abspath("src"))
%run settings_of_orders.py
# %% [markdown]
# ## Load
# %%
from pricing import Discount, asked, with_tax
orders = read_orders(N_ROWS)
%run -i add_columns.py
orders["price"] = with_tax(orders["price"])
orders["asked"] = asked(len(orders))
# %%
%run scale_orders.ipynb
# %% [markdown]
# ## Train
# %%
from sklearn.linear_model import Ridge
model = Ridge(alpha=ALPHA).fit(scaled, orders["price"])
discount = Discount(0.25)
# %% [markdown]
# ## Evaluate
# %%
exec(open("score.py").read())
print(round(score, 6), discount.of(100), BOUNDS)
