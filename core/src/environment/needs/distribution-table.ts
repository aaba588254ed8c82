/**
 * Which distribution a module comes from, where its name is another (`import cv2` is `opencv-python`). The longest
 * dotted prefix counts. Where several distributions offer a module, the one that people mean in notebooks.
 * Sources: each distribution's own documentation and its `top_level.txt`.
 */
export const distributionTable: Readonly<Record<string, string>> = {
  attr: "attrs",
  absl: "absl-py",
  apiclient: "google-api-python-client",
  azure: "azure-core",
  "azure.ai.ml": "azure-ai-ml",
  "azure.cosmos": "azure-cosmos",
  "azure.identity": "azure-identity",
  "azure.keyvault.secrets": "azure-keyvault-secrets",
  "azure.storage.blob": "azure-storage-blob",
  "azure.storage.filedatalake": "azure-storage-file-datalake",
  azureml: "azureml-core",
  bayes_opt: "bayesian-optimization",
  Bio: "biopython",
  bs4: "beautifulsoup4",
  cairo: "pycairo",
  clip: "openai-clip",
  community: "python-louvain",
  Crypto: "pycryptodome",
  cv2: "opencv-python",
  dateutil: "python-dateutil",
  delta: "delta-spark",
  discord: "discord.py",
  distutils: "setuptools",
  dns: "dnspython",
  docx: "python-docx",
  dotenv: "python-dotenv",
  en_core_web_sm:
    "en-core-web-sm @ https://github.com/explosion/spacy-models/releases/download/en_core_web_sm-3.8.0/en_core_web_sm-3.8.0-py3-none-any.whl",
  faiss: "faiss-cpu",
  fitz: "PyMuPDF",
  git: "GitPython",
  github: "PyGithub",
  gi: "PyGObject",
  "google.ads": "google-ads",
  "google.api_core": "google-api-core",
  "google.auth": "google-auth",
  "google.cloud": "google-cloud-core",
  "google.cloud.aiplatform": "google-cloud-aiplatform",
  "google.cloud.bigquery": "google-cloud-bigquery",
  "google.cloud.bigquery_storage": "google-cloud-bigquery-storage",
  "google.cloud.firestore": "google-cloud-firestore",
  "google.cloud.language": "google-cloud-language",
  "google.cloud.logging": "google-cloud-logging",
  "google.cloud.pubsub": "google-cloud-pubsub",
  "google.cloud.pubsub_v1": "google-cloud-pubsub",
  "google.cloud.secretmanager": "google-cloud-secret-manager",
  "google.cloud.speech": "google-cloud-speech",
  "google.cloud.storage": "google-cloud-storage",
  "google.cloud.translate": "google-cloud-translate",
  "google.cloud.vision": "google-cloud-vision",
  "google.genai": "google-genai",
  "google.generativeai": "google-generativeai",
  "google.oauth2": "google-auth",
  "google.protobuf": "protobuf",
  googleapiclient: "google-api-python-client",
  googlesearch: "googlesearch-python",
  hydra: "hydra-core",
  imblearn: "imbalanced-learn",
  jose: "python-jose",
  jwt: "PyJWT",
  kerastuner: "keras-tuner",
  magic: "python-magic",
  mpl_toolkits: "matplotlib",
  "mpl_toolkits.basemap": "basemap",
  multipart: "python-multipart",
  mysql: "mysql-connector-python",
  MySQLdb: "mysqlclient",
  newspaper: "newspaper3k",
  OpenSSL: "pyOpenSSL",
  osgeo: "GDAL",
  OpenGL: "PyOpenGL",
  ot: "POT",
  paho: "paho-mqtt",
  pdfminer: "pdfminer.six",
  PIL: "pillow",
  pkg_resources: "setuptools",
  playhouse: "peewee",
  plotly_express: "plotly",
  psycopg2: "psycopg2-binary",
  pylab: "matplotlib",
  pythoncom: "pywin32",
  pywt: "PyWavelets",
  ruamel: "ruamel.yaml",
  scikitplot: "scikit-plot",
  serial: "pyserial",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  sklearn_extra: "scikit-learn-extra",
  skopt: "scikit-optimize",
  sksurv: "scikit-survival",
  slack: "slackclient",
  slugify: "python-slugify",
  snowflake: "snowflake-connector-python",
  "snowflake.snowpark": "snowflake-snowpark-python",
  social_core: "social-auth-core",
  socks: "PySocks",
  speech_recognition: "SpeechRecognition",
  surprise: "scikit-surprise",
  tabula: "tabula-py",
  talib: "TA-Lib",
  telegram: "python-telegram-bot",
  twitter: "python-twitter",
  umap: "umap-learn",
  websocket: "websocket-client",
  win32api: "pywin32",
  win32com: "pywin32",
  wx: "wxPython",
  yaml: "PyYAML",
  zmq: "pyzmq",
};

/** Modules that a notebook's host provides and no index has; they are left out of a lock, with this reason. */
export const hostModules: Readonly<Record<string, string>> = {
  "google.colab": "it exists only inside Google Colab",
  dbutils: "it exists only inside Databricks",
  kaggle_secrets: "it exists only inside Kaggle",
  kaggle_datasets: "it exists only inside Kaggle",
  bpy: "it exists only inside Blender",
  arcpy: "it comes with ArcGIS",
};

/** Modules whose distribution has their own name, and which an index surely has. */
export const plainlyNamed: ReadonlySet<string> = new Set(
  (
    "numpy pandas scipy matplotlib seaborn statsmodels xgboost lightgbm catboost tensorflow keras torch torchvision " +
    "torchaudio transformers datasets accelerate tokenizers peft diffusers evaluate jax jaxlib flax optax polars dask " +
    "pyarrow fastparquet vaex modin numba numexpr bottleneck plotly bokeh altair holoviews hvplot panel dash streamlit " +
    "gradio folium geopandas shapely fiona pyproj rasterio networkx nltk gensim spacy textblob wordcloud prophet pmdarima " +
    "sktime darts tsfresh optuna hyperopt shap lime eli5 mlflow wandb ray fastai lightning sympy tqdm requests httpx " +
    "aiohttp scrapy selenium sqlalchemy pymysql psycopg duckdb pymongo redis boto3 botocore s3fs gcsfs fsspec openpyxl " +
    "xlrd tabulate joblib cloudpickle dill psutil pydantic click rich typer loguru pytest ipywidgets ipykernel nbformat " +
    "h5py tables zarr xarray netCDF4 imageio pytesseract ultralytics timm einops openai anthropic langchain tiktoken " +
    "safetensors onnx onnxruntime tensorboard great_expectations pandera feast evidently category_encoders yellowbrick " +
    "pycaret lifelines arviz pymc pystan emcee astropy umap hdbscan faker beautifulsoup4 lxml feedparser tweepy praw ujson " +
    "orjson toml"
  ).split(" "),
);
