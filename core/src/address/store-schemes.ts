/** An object store that addresses can name. */
export interface StoreScheme {
  /** What is installed, into an environment of Reprise's own, when it is used for the first time. */
  readonly requirements: readonly string[];
  readonly example: string;
  /** How many parts a path has at least: a bucket and a name. */
  readonly leastParts: number;
  /** How a user gives credentials. */
  readonly credentials: string;
}

const azure: Omit<StoreScheme, "example"> = {
  requirements: ["adlfs>=2024.12"],
  leastParts: 2,
  credentials:
    "set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY or AZURE_STORAGE_SAS_TOKEN, or AZURE_STORAGE_CONNECTION_STRING, or sign in with `az login`",
};

/**
 * The stores that fsspec reads and writes, with the clients of their makers: the same credentials, profiles, proxies and
 * certificates that those take everywhere else (https://filesystem-spec.readthedocs.io).
 */
export const storeSchemes: Readonly<Record<string, StoreScheme>> = {
  s3: {
    requirements: ["s3fs>=2025.2"],
    example: "s3://BUCKET/PATH.ipynb",
    leastParts: 2,
    credentials: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or sign in with `aws sso login`",
  },
  gs: {
    requirements: ["gcsfs>=2025.2"],
    example: "gs://BUCKET/PATH.ipynb",
    leastParts: 2,
    credentials:
      "sign in with `gcloud auth application-default login`, or name a key file in GOOGLE_APPLICATION_CREDENTIALS",
  },
  az: { ...azure, example: "az://CONTAINER/PATH.ipynb" },
  abfs: { ...azure, example: "abfs://CONTAINER/PATH.ipynb" },
  hf: {
    requirements: ["huggingface_hub>=0.30"],
    example: "hf://datasets/USER/REPOSITORY/PATH.ipynb",
    leastParts: 3,
    credentials: "set HF_TOKEN, or sign in with `hf auth login`",
  },
};
