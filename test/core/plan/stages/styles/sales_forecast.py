# %% [markdown]
# # Store sales forecasting
# %%
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsmodels.tsa.seasonal import seasonal_decompose
from statsmodels.tsa.stattools import adfuller
from sklearn.metrics import mean_absolute_error
# %%
sales = pd.read_csv("data/sales.csv", parse_dates=["date"])
sales = sales.set_index("date").sort_index()
# %% [markdown]
# ## Resample to monthly
# %%
monthly = sales["sales"].resample("MS").sum()
monthly.plot(figsize=(12, 4))
# %% [markdown]
# ## Is it stationary?
# %%
result = adfuller(monthly)
print("ADF", result[0], "p", result[1])
decomp = seasonal_decompose(monthly, model="multiplicative")
decomp.plot();
# %% [markdown]
# ## Hold out the last 12 months
# %%
train = monthly[:-12]
test = monthly[-12:]
# %% [markdown]
# ## SARIMA
# %%
best_aic = np.inf
best = None
for p in range(2):
    for q in range(2):
        m = SARIMAX(train, order=(p, 1, q), seasonal_order=(1, 1, 0, 12)).fit(disp=False)
        if m.aic < best_aic:
            best_aic = m.aic
            best = m
print(best.summary())
# %%
fc = best.get_forecast(12)
mean = fc.predicted_mean
ci = fc.conf_int()
# %%
mae = mean_absolute_error(test, mean)
mape = np.mean(np.abs((test - mean) / test)) * 100
print(f"MAE {mae:.1f}  MAPE {mape:.1f}%")
# %%
ax = monthly["2015":].plot(label="observed")
mean.plot(ax=ax, label="forecast")
ax.fill_between(ci.index, ci.iloc[:, 0], ci.iloc[:, 1], alpha=.2)
plt.legend()
plt.savefig("forecast.png")
# %% [markdown]
# ## Naive baseline
# %%
naive = train[-12:].values
mae_naive = mean_absolute_error(test, naive)
print(mae_naive)
