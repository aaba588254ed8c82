import type { EffectTable } from "./table.ts";
import altair from "./tables/altair.json" with { type: "json" };
import bokeh from "./tables/bokeh.json" with { type: "json" };
import bq_helper from "./tables/bq_helper.json" with { type: "json" };
import bs4 from "./tables/bs4.json" with { type: "json" };
import builtins from "./tables/builtins.json" with { type: "json" };
import catboost from "./tables/catboost.json" with { type: "json" };
import category_encoders from "./tables/category_encoders.json" with { type: "json" };
import cv2 from "./tables/cv2.json" with { type: "json" };
import dask from "./tables/dask.json" with { type: "json" };
import datasets from "./tables/datasets.json" with { type: "json" };
import dateutil from "./tables/dateutil.json" with { type: "json" };
import dotenv from "./tables/dotenv.json" with { type: "json" };
import duckdb from "./tables/duckdb.json" with { type: "json" };
import eli5 from "./tables/eli5.json" with { type: "json" };
import fbprophet from "./tables/fbprophet.json" with { type: "json" };
import folium from "./tables/folium.json" with { type: "json" };
import gensim from "./tables/gensim.json" with { type: "json" };
import geopandas from "./tables/geopandas.json" with { type: "json" };
import geoviews from "./tables/geoviews.json" with { type: "json" };
import google from "./tables/google.json" with { type: "json" };
import h5py from "./tables/h5py.json" with { type: "json" };
import hdbscan from "./tables/hdbscan.json" with { type: "json" };
import holoviews from "./tables/holoviews.json" with { type: "json" };
import imageio from "./tables/imageio.json" with { type: "json" };
import imblearn from "./tables/imblearn.json" with { type: "json" };
import ipywidgets from "./tables/ipywidgets.json" with { type: "json" };
import joblib from "./tables/joblib.json" with { type: "json" };
import keras from "./tables/keras.json" with { type: "json" };
import librosa from "./tables/librosa.json" with { type: "json" };
import lifelines from "./tables/lifelines.json" with { type: "json" };
import lightgbm from "./tables/lightgbm.json" with { type: "json" };
import matplotlib from "./tables/matplotlib.json" with { type: "json" };
import matplotlib_venn from "./tables/matplotlib_venn.json" with { type: "json" };
import missingno from "./tables/missingno.json" with { type: "json" };
import mlflow from "./tables/mlflow.json" with { type: "json" };
import mlxtend from "./tables/mlxtend.json" with { type: "json" };
import mpl_toolkits from "./tables/mpl_toolkits.json" with { type: "json" };
import networkx from "./tables/networkx.json" with { type: "json" };
import nltk from "./tables/nltk.json" with { type: "json" };
import numpy from "./tables/numpy.json" with { type: "json" };
import optuna from "./tables/optuna.json" with { type: "json" };
import PIL from "./tables/PIL.json" with { type: "json" };
import packaging from "./tables/packaging.json" with { type: "json" };
import pandas from "./tables/pandas.json" with { type: "json" };
import pandas_datareader from "./tables/pandas_datareader.json" with { type: "json" };
import pandasql from "./tables/pandasql.json" with { type: "json" };
import patsy from "./tables/patsy.json" with { type: "json" };
import plotly from "./tables/plotly.json" with { type: "json" };
import pmdarima from "./tables/pmdarima.json" with { type: "json" };
import polars from "./tables/polars.json" with { type: "json" };
import prophet from "./tables/prophet.json" with { type: "json" };
import psutil from "./tables/psutil.json" with { type: "json" };
import pyLDAvis from "./tables/pyLDAvis.json" with { type: "json" };
import pylab from "./tables/pylab.json" with { type: "json" };
import quandl from "./tables/quandl.json" with { type: "json" };
import requests from "./tables/requests.json" with { type: "json" };
import scikitplot from "./tables/scikitplot.json" with { type: "json" };
import scipy from "./tables/scipy.json" with { type: "json" };
import seaborn from "./tables/seaborn.json" with { type: "json" };
import sentence_transformers from "./tables/sentence_transformers.json" with { type: "json" };
import shap from "./tables/shap.json" with { type: "json" };
import skimage from "./tables/skimage.json" with { type: "json" };
import sklearn from "./tables/sklearn.json" with { type: "json" };
import sklearn_pandas from "./tables/sklearn_pandas.json" with { type: "json" };
import spacy from "./tables/spacy.json" with { type: "json" };
import sqlalchemy from "./tables/sqlalchemy.json" with { type: "json" };
import squarify from "./tables/squarify.json" with { type: "json" };
import standard from "./tables/standard.json" with { type: "json" };
import statsmodels from "./tables/statsmodels.json" with { type: "json" };
import sympy from "./tables/sympy.json" with { type: "json" };
import tabulate from "./tables/tabulate.json" with { type: "json" };
import tensorflow from "./tables/tensorflow.json" with { type: "json" };
import textblob from "./tables/textblob.json" with { type: "json" };
import toml from "./tables/toml.json" with { type: "json" };
import torch from "./tables/torch.json" with { type: "json" };
import torchmetrics from "./tables/torchmetrics.json" with { type: "json" };
import torchvision from "./tables/torchvision.json" with { type: "json" };
import tqdm from "./tables/tqdm.json" with { type: "json" };
import transformers from "./tables/transformers.json" with { type: "json" };
import umap from "./tables/umap.json" with { type: "json" };
import wordcloud from "./tables/wordcloud.json" with { type: "json" };
import xarray from "./tables/xarray.json" with { type: "json" };
import xgboost from "./tables/xgboost.json" with { type: "json" };
import yfinance from "./tables/yfinance.json" with { type: "json" };

/** Every table by its library's first dotted name; `standard.json` holds those of the standard library's modules. */
export const tables: Readonly<Record<string, EffectTable>> = Object.assign(
  Object.create(null),
  Object.fromEntries(
    [
      altair,
      bokeh,
      bq_helper,
      bs4,
      builtins,
      catboost,
      category_encoders,
      cv2,
      dask,
      datasets,
      dateutil,
      dotenv,
      duckdb,
      eli5,
      fbprophet,
      folium,
      gensim,
      geopandas,
      geoviews,
      google,
      h5py,
      hdbscan,
      holoviews,
      imageio,
      imblearn,
      ipywidgets,
      joblib,
      keras,
      librosa,
      lifelines,
      lightgbm,
      matplotlib,
      matplotlib_venn,
      missingno,
      mlflow,
      mlxtend,
      mpl_toolkits,
      networkx,
      nltk,
      numpy,
      optuna,
      packaging,
      pandas,
      pandas_datareader,
      pandasql,
      patsy,
      PIL,
      plotly,
      pmdarima,
      polars,
      prophet,
      psutil,
      pylab,
      pyLDAvis,
      quandl,
      requests,
      scikitplot,
      scipy,
      seaborn,
      sentence_transformers,
      shap,
      skimage,
      sklearn,
      sklearn_pandas,
      spacy,
      sqlalchemy,
      squarify,
      statsmodels,
      sympy,
      tabulate,
      tensorflow,
      textblob,
      toml,
      torch,
      torchmetrics,
      torchvision,
      tqdm,
      transformers,
      umap,
      wordcloud,
      xarray,
      xgboost,
      yfinance,
      ...standard,
    ].map((table) => [table.library, table as unknown as EffectTable]),
  ),
);
