# %% [markdown]
# # Movie recommender
# ### Author: me
# %%
import pandas as pd, numpy as np
from scipy.sparse import csr_matrix
from sklearn.neighbors import NearestNeighbors
# %% [markdown]
# ### Loading
# %%
movies = pd.read_csv('ml-latest-small/movies.csv')
ratings = pd.read_csv('ml-latest-small/ratings.csv')
# %% [markdown]
# ### Merge & pivot
# %%
df = ratings.merge(movies, on='movieId')
df = df.drop(['timestamp', 'genres'], axis=1)
counts = df.groupby('title')['rating'].count().rename('n').reset_index()
df = df.merge(counts, on='title')
popular = df[df.n >= 50]
popular = popular.drop_duplicates(['userId', 'title'])
pivot = popular.pivot(index='title', columns='userId', values='rating').fillna(0)
mat = csr_matrix(pivot.values)
# %% [markdown]
# ### KNN
# %%
knn = NearestNeighbors(metric='cosine', algorithm='brute')
knn.fit(mat)
# %% [markdown]
# ### Recommend
# %%
q = np.random.choice(pivot.shape[0])
dist, ind = knn.kneighbors(pivot.iloc[q, :].values.reshape(1, -1), n_neighbors=6)
for i in range(0, len(dist.flatten())):
    if i == 0:
        print('Recommendations for {0}:\n'.format(pivot.index[q]))
    else:
        print('{0}: {1}, distance {2}'.format(i, pivot.index[ind.flatten()[i]], dist.flatten()[i]))
