# An exercise: its headings ask, and tell what to print. A question loads no data, whatever it asks about.
# %% [markdown]
# ### Step 1. Import the dataset and assign it to a variable called users
# %%
import pandas as pd
users = pd.read_csv("u.user", sep="|")
# %% [markdown]
# ### Step 2. See the first 25 entries
# %%
users.head(25)
# %% [markdown]
# ### Step 3. What is the number of columns in the dataset?
# %%
users.shape[1]
# %% [markdown]
# ### Step 4. Print the name of all the columns
# %%
users.columns
# %%
users.index
# %% [markdown]
# ### Step 5. What is the data type of each column?
# %%
users.dtypes
# %% [markdown]
# ### Step 6. Filter the users that scored more than 60
# %%
users[users.age > 60]
# %%
users[users.age > 70]
# %% [markdown]
# ### Step 7. Print only the occupation column
# %%
users.occupation
# %%
users["occupation"]
# %% [markdown]
# ### Step 8. Testing our data
# %%
assert len(users) > 0
# %%
assert users.index.is_unique
