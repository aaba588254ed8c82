import { isSupported } from "./recorded-python.ts";

/** When each minor version of Python came out (https://devguide.python.org/versions/): nothing was built for it before. */
const releaseDays: Readonly<Record<string, string>> = {
  "3.5": "2015-09-13",
  "3.6": "2016-12-23",
  "3.7": "2018-06-27",
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

/** The day on which the version after that one (`3.6`) came out; undefined for the newest, and for one that is not known. */
export function nextRelease(minor: string): string | undefined {
  const versions = Object.keys(releaseDays);
  const next = versions[versions.indexOf(minor) + 1];
  return versions.includes(minor) && next !== undefined ? releaseDays[next] : undefined;
}

/** The versions that projects can be made for and that were out on a day, the newest first. */
export function pythonsOf(day: string): readonly string[] {
  return Object.entries(releaseDays)
    .filter(([version, released]) => released <= day && isSupported(version))
    .map(([version]) => version)
    .reverse();
}
