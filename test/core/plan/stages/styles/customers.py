# %% [markdown]
# # Customer Segmentation
# ## Import Libraries
# %%
import pandas as pd, numpy as np
import seaborn as sns, matplotlib.pyplot as plt
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import silhouette_score
# %% [markdown]
# ## Load Dataset
# %%
df = pd.read_csv("Mall_Customers.csv")
df.rename(columns={"Annual Income (k$)": "income", "Spending Score (1-100)": "score"}, inplace=True)
# %% [markdown]
# ## Data Cleaning
# %%
df.isnull().sum()
df.drop("CustomerID", axis=1, inplace=True)
df["Gender"] = df["Gender"].map({"Male": 0, "Female": 1})
# %% [markdown]
# ## Data Visualization
# %%
sns.pairplot(df)
plt.show()
# %%
plt.figure(1, figsize=(15, 6))
n = 0
for x in ["Age", "income", "score"]:
    n += 1
    plt.subplot(1, 3, n)
    sns.histplot(df[x], bins=20)
plt.show()
# %% [markdown]
# ## Scaling
# %%
X = StandardScaler().fit_transform(df)
# %% [markdown]
# ## Elbow Method
# %%
wcss = []
for i in range(1, 11):
    km = KMeans(n_clusters=i, init="k-means++", n_init=10)
    km.fit(X)
    wcss.append(km.inertia_)
plt.plot(range(1, 11), wcss)
plt.xlabel("k")
plt.show()
# %% [markdown]
# ## KMeans with k=5
# %%
km = KMeans(n_clusters=5, n_init=10)
labels = km.fit_predict(X)
df["cluster"] = labels
silhouette_score(X, labels)
# %% [markdown]
# ## PCA for plotting
# %%
pca = PCA(2)
X2 = pca.fit_transform(X)
plt.scatter(X2[:, 0], X2[:, 1], c=labels)
plt.show()
# %% [markdown]
# ## Cluster profiles
# %%
profile = df.groupby("cluster").mean()
profile
# %%
profile.to_csv("profiles.csv")
