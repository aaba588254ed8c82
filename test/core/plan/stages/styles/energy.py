# %% [markdown]
# # 1. Setup
# %%
import numpy as np
import polars as pl
import lightgbm as lgb
from sklearn.metrics import mean_squared_error
# %% [markdown]
# # 2. Read
# %%
meter = pl.read_csv("meter.csv", try_parse_dates=True)
weather = pl.read_csv("weather.csv", try_parse_dates=True)
# %% [markdown]
# # 3. Join
# %%
df = meter.join(weather, on="ts", how="left").sort("ts")
df = df.with_columns(pl.col("temp").fill_null(strategy="forward"))
# %% [markdown]
# # 4. Lags
# %%
for lag in (1, 24, 168):
    df = df.with_columns(pl.col("kwh").shift(lag).alias(f"lag_{lag}"))
df = df.drop_nulls()
df = df.with_columns(pl.col("ts").dt.hour().alias("hour"), pl.col("ts").dt.weekday().alias("dow"))
# %% [markdown]
# # 5. Train test split
# %%
cut = int(len(df) * 0.8)
tr, te = df[:cut], df[cut:]
feats = ["temp", "lag_1", "lag_24", "lag_168", "hour", "dow"]
# %% [markdown]
# # 6. LightGBM
# %%
params = {"objective": "regression", "learning_rate": 0.05, "num_leaves": 31, "seed": 1, "verbose": -1}
booster = lgb.train(params, lgb.Dataset(tr[feats].to_numpy(), tr["kwh"].to_numpy()), num_boost_round=200)
# %%
pred = booster.predict(te[feats].to_numpy())
rmse = np.sqrt(mean_squared_error(te["kwh"].to_numpy(), pred))
rmse
# %% [markdown]
# # 7. Save everything
# %%
booster.save_model("model.txt")
te.with_columns(pl.Series("pred", pred)).write_parquet("predictions.parquet")
