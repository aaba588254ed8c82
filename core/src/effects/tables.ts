import type { EffectTable } from "./table.ts";
import builtins from "./tables/builtins.json" with { type: "json" };
import catboost from "./tables/catboost.json" with { type: "json" };
import cv2 from "./tables/cv2.json" with { type: "json" };
import datasets from "./tables/datasets.json" with { type: "json" };
import duckdb from "./tables/duckdb.json" with { type: "json" };
import imblearn from "./tables/imblearn.json" with { type: "json" };
import joblib from "./tables/joblib.json" with { type: "json" };
import keras from "./tables/keras.json" with { type: "json" };
import lightgbm from "./tables/lightgbm.json" with { type: "json" };
import matplotlib from "./tables/matplotlib.json" with { type: "json" };
import missingno from "./tables/missingno.json" with { type: "json" };
import mlflow from "./tables/mlflow.json" with { type: "json" };
import nltk from "./tables/nltk.json" with { type: "json" };
import numpy from "./tables/numpy.json" with { type: "json" };
import PIL from "./tables/PIL.json" with { type: "json" };
import pandas from "./tables/pandas.json" with { type: "json" };
import pandasql from "./tables/pandasql.json" with { type: "json" };
import patsy from "./tables/patsy.json" with { type: "json" };
import plotly from "./tables/plotly.json" with { type: "json" };
import polars from "./tables/polars.json" with { type: "json" };
import requests from "./tables/requests.json" with { type: "json" };
import scipy from "./tables/scipy.json" with { type: "json" };
import seaborn from "./tables/seaborn.json" with { type: "json" };
import sklearn from "./tables/sklearn.json" with { type: "json" };
import sqlalchemy from "./tables/sqlalchemy.json" with { type: "json" };
import standard from "./tables/standard.json" with { type: "json" };
import statsmodels from "./tables/statsmodels.json" with { type: "json" };
import tabulate from "./tables/tabulate.json" with { type: "json" };
import tensorflow from "./tables/tensorflow.json" with { type: "json" };
import torch from "./tables/torch.json" with { type: "json" };
import torchmetrics from "./tables/torchmetrics.json" with { type: "json" };
import torchvision from "./tables/torchvision.json" with { type: "json" };
import tqdm from "./tables/tqdm.json" with { type: "json" };
import transformers from "./tables/transformers.json" with { type: "json" };
import xgboost from "./tables/xgboost.json" with { type: "json" };

/** Every table by its library's first dotted name; `standard.json` holds those of the standard library's modules. */
export const tables: Readonly<Record<string, EffectTable>> = Object.assign(
  Object.create(null),
  Object.fromEntries(
    [
      PIL,
      builtins,
      catboost,
      cv2,
      datasets,
      duckdb,
      imblearn,
      joblib,
      keras,
      lightgbm,
      matplotlib,
      missingno,
      mlflow,
      nltk,
      numpy,
      pandas,
      pandasql,
      patsy,
      plotly,
      polars,
      requests,
      scipy,
      seaborn,
      sklearn,
      sqlalchemy,
      statsmodels,
      tabulate,
      tensorflow,
      torch,
      torchmetrics,
      torchvision,
      tqdm,
      transformers,
      xgboost,
      ...standard,
    ].map((table) => [table.library, table as unknown as EffectTable]),
  ),
);
