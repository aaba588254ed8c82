# %% [markdown]
# COVID-19 dashboard
# ===
# %% [markdown]
# # Data import
# %%
import pandas as pd
import plotly.express as px
URL = "https://raw.githubusercontent.com/CSSEGISandData/COVID-19/master/csse_covid_19_data/csse_covid_19_time_series/time_series_covid19_confirmed_global.csv"
raw = pd.read_csv(URL)
# %% [markdown]
# # Data wrangling
# %%
long = raw.melt(id_vars=["Province/State", "Country/Region", "Lat", "Long"], var_name="date", value_name="cases")
long["date"] = pd.to_datetime(long["date"])
by_country = long.groupby(["Country/Region", "date"])["cases"].sum().reset_index()
# %%
by_country["new"] = by_country.groupby("Country/Region")["cases"].diff().fillna(0)
by_country["avg7"] = by_country.groupby("Country/Region")["new"].transform(lambda s: s.rolling(7).mean())
# %% [markdown]
# # Visualizing growth
# %%
top = by_country.groupby("Country/Region")["cases"].max().nlargest(10).index
fig = px.line(by_country[by_country["Country/Region"].isin(top)], x="date", y="avg7", color="Country/Region")
fig.show()
# %% [markdown]
# # Summary table
# %%
summary = by_country.groupby("Country/Region").agg(total=("cases", "max"), peak=("new", "max"))
summary["peak_share"] = summary.peak / summary.total
summary.sort_values("total", ascending=False).head(20)
# %% [markdown]
# # Export
# %%
summary.to_excel("summary.xlsx")
by_country.to_parquet("by_country.parquet")
