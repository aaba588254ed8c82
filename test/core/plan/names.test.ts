import assert from "node:assert/strict";
import { test } from "node:test";
import { snakeCase } from "../../../core/src/plan/names.ts";

test("an apostrophe is no gap in a word, a quotation mark is", () => {
  const names: Readonly<Record<string, string>> = {
    "Simpson's Paradox": "simpsons_paradox",
    "Don’t repeat": "dont_repeat",
    "df['sales']": "df_sales",
    "L'hiver": "l_hiver",
    "'s' and 't'": "s_and_t",
  };
  for (const [text, name] of Object.entries(names)) assert.equal(snakeCase(text), name, text);
});

test("Latin letters of other alphabets are written in ASCII, what no Latin letter stands for is left out", () => {
  const names: Readonly<Record<string, string>> = {
    "Größe messen": "grosse_messen",
    "Évaluation du modèle": "evaluation_du_modele",
    "Køb og Œuvre": "kob_og_oeuvre",
    "Łódź, Đà Nẵng": "lodz_da_nang",
    "Загрузка CSV": "csv",
    数据清洗: "",
  };
  for (const [text, name] of Object.entries(names)) assert.equal(snakeCase(text), name, text);
});

test("a product whose name has capitals inside is one word, a class is as many as it says", () => {
  const names: Readonly<Record<string, string>> = {
    "Introduction to PyTorch": "introduction_to_pytorch",
    "XGBoost and LightGBM": "xgboost_and_lightgbm",
    "Merging DataFrames": "merging_dataframes",
    RandomForestRegressor: "random_forest_regressor",
    MyDataFrameReader: "my_data_frame_reader",
  };
  for (const [text, name] of Object.entries(names)) assert.equal(snakeCase(text), name, text);
});
