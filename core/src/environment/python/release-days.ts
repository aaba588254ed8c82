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

/** The day on which a version of Python (`3.11`, `3.11.7`) came out; undefined for one that is not known. */
export function releaseDay(python: string): string | undefined {
  return releaseDays[python.split(".", 2).join(".")];
}

/** The same, where `day` (`2018-03-01`) is before it. */
export function releasedAfter(python: string, day: string): string | undefined {
  const released = releaseDay(python);
  return released !== undefined && day < released ? released : undefined;
}

/** The versions that were out on a day, the newest first. */
export function pythonsOf(day: string): readonly string[] {
  return Object.entries(releaseDays)
    .filter(([, released]) => released <= day)
    .map(([version]) => version)
    .reverse();
}
