# %% [markdown]
# # Clusters of petals
# %%
import matplotlib.pyplot as plt
import pandas as pd
from clusters import KMeans
# %% [markdown]
# ## Load the data
# %%
data = pd.read_csv("iris.csv")
data.head()
# %% [markdown]
# ## Plot the data
# %%
x_axis = "petal_length"
plt.figure(figsize=(12, 5))
plt.scatter(data[x_axis], data["petal_width"])
plt.xlabel(x_axis)
plt.show()
# %% [markdown]
# ## Train
# %%
train = data[[x_axis, "petal_width"]]
model = KMeans(train.values, 3)
centres, labels = model.train(50)
# %% [markdown]
# # Plot the clustering results
# %%
x_axis = "petal_length"
plt.figure(figsize=(12, 5))
for label, centre in enumerate(centres):
    chosen = (labels == label).flatten()
    plt.scatter(data[x_axis][chosen], data["petal_width"][chosen])
plt.xlabel(x_axis)
plt.show()
