# %% [markdown]
# # House Prices: EDA to XGBoost 🏠
# *If you like it, please upvote!*
# %% [markdown]
# ## Table of contents
# 1. Import libraries
# 2. A first look
# %%
import numpy as np, pandas as pd
import matplotlib.pyplot as plt
import seaborn as sns
import warnings
warnings.filterwarnings('ignore')
%matplotlib inline
sns.set_style("whitegrid")
import os
for dirname, _, filenames in os.walk('/kaggle/input'):
    for filename in filenames:
        print(os.path.join(dirname, filename))
# %% [markdown]
# ## 1. A first look at the data
# %%
train = pd.read_csv('../input/train.csv')
test = pd.read_csv('../input/test.csv')
train.shape, test.shape
# %%
train.head()
# %%
train.info()
# %% [markdown]
# ## 2. Exploratory Data Analysis
# ### 2.1 Target
# %%
plt.figure(figsize=(10,5))
sns.histplot(train['SalePrice'], kde=True)
plt.show()
print("Skew:", train['SalePrice'].skew())
# %%
corrmat = train.corr(numeric_only=True)
cols = corrmat.nlargest(10, 'SalePrice')['SalePrice'].index
sns.heatmap(train[cols].corr(), annot=True)
# %% [markdown]
# ### 2.2 Outliers
# %%
train = train.drop(train[(train['GrLivArea']>4000) & (train['SalePrice']<300000)].index)
# %% [markdown]
# ## 3. Missing values
# %%
ntrain = train.shape[0]
y_train = train.SalePrice.values
all_data = pd.concat((train, test)).reset_index(drop=True)
all_data.drop(['SalePrice'], axis=1, inplace=True)
# %%
all_data_na = (all_data.isnull().sum() / len(all_data)) * 100
all_data_na = all_data_na.drop(all_data_na[all_data_na == 0].index).sort_values(ascending=False)[:30]
missing_data = pd.DataFrame({'Missing Ratio': all_data_na})
missing_data.head(20)
# %%
for col in ('PoolQC', 'Alley', 'Fence'):
    all_data[col] = all_data[col].fillna('None')
all_data["LotFrontage"] = all_data.groupby("Neighborhood")["LotFrontage"].transform(lambda x: x.fillna(x.median()))
# %% [markdown]
# ## 4. Skewed features
# %%
from scipy.stats import skew
numeric_feats = all_data.dtypes[all_data.dtypes != "object"].index
skewed_feats = all_data[numeric_feats].apply(lambda x: skew(x.dropna())).sort_values(ascending=False)
skewness = pd.DataFrame({'Skew': skewed_feats})
skewness = skewness[abs(skewness) > 0.75]
for feat in skewness.index:
    all_data[feat] = np.log1p(all_data[feat])
# %% [markdown]
# ## 5. Dummies
# %%
all_data = pd.get_dummies(all_data)
train = all_data[:ntrain]
test_x = all_data[ntrain:]
# %% [markdown]
# ## 6. Modelling
# %%
from sklearn.linear_model import ElasticNet, Lasso
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.kernel_ridge import KernelRidge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import RobustScaler
from sklearn.model_selection import KFold, cross_val_score
# %%
n_folds = 5

def rmsle_cv(model):
    kf = KFold(n_folds, shuffle=True, random_state=42).get_n_splits(train.values)
    rmse = np.sqrt(-cross_val_score(model, train.values, y_train, scoring="neg_mean_squared_error", cv=kf))
    return rmse
# %% [markdown]
# ### Base models
# %%
lasso = make_pipeline(RobustScaler(), Lasso(alpha=0.0005, random_state=1))
GBoost = GradientBoostingRegressor(n_estimators=300, learning_rate=0.05, random_state=5)
# %%
score = rmsle_cv(lasso)
print("\nLasso score: {:.4f} ({:.4f})\n".format(score.mean(), score.std()))
score = rmsle_cv(GBoost)
print("Gradient Boosting score: {:.4f} ({:.4f})\n".format(score.mean(), score.std()))
# %% [markdown]
# ### Ensembling: averaging
# %%
from sklearn.base import BaseEstimator, RegressorMixin, TransformerMixin, clone
class AveragingModels(BaseEstimator, RegressorMixin, TransformerMixin):
    def __init__(self, models):
        self.models = models
    def fit(self, X, y):
        self.models_ = [clone(x) for x in self.models]
        for model in self.models_:
            model.fit(X, y)
        return self
    def predict(self, X):
        predictions = np.column_stack([model.predict(X) for model in self.models_])
        return np.mean(predictions, axis=1)
# %%
averaged_models = AveragingModels(models=(lasso, GBoost))
averaged_models.fit(train.values, y_train)
pred = np.expm1(averaged_models.predict(test_x.values))
# %% [markdown]
# ## 7. Submission
# %%
sub = pd.DataFrame()
sub['Id'] = test['Id']
sub['SalePrice'] = pred
sub.to_csv('submission.csv', index=False)
