/** When each minor version of Python came out (https://devguide.python.org/versions/): nothing was built for it before. */
const releaseDays: Readonly<Record<string, string>> = {
  "3.8": "2019-10-14",
  "3.9": "2020-10-05",
  "3.10": "2021-10-04",
  "3.11": "2022-10-24",
  "3.12": "2023-10-02",
  "3.13": "2024-10-07",
  "3.14": "2025-10-07",
};

/** The day on which a version of Python came out, where `day` (`2018-03-01`) is before it. */
export function releasedAfter(python: string, day: string): string | undefined {
  const released = releaseDays[python.split(".", 2).join(".")];
  return released !== undefined && day < released ? released : undefined;
}
