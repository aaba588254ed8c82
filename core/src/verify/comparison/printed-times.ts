/**
 * How long something took, as libraries print it of themselves. Two runs of a notebook may well agree on it by chance
 * (`0.0s`), and the project with neither.
 */
const times = [
  // scikit-learn's searches and pipelines, with `verbose`; the second is that of older versions.
  /(?<=\b(?:total time|total)= {0,6})[\d.]+ ?(?:s|min)\b/g,
  /(?<=^\[CV\][^\n]*- {1,6})[\d.]+ ?(?:s|min)$/gm,
  // joblib
  /(?<=\b(?:elapsed|remaining): {1,8})[\d.]+ ?(?:s|min)\b/g,
  // Keras
  /\b\d+(?:s|ms|us|µs)(?: \d+(?:s|ms|us|µs))?\/(?:step|epoch|sample)\b/g,
  /(?<=\bETA: )[\d:]+s?/g,
];

/** Whether two texts are the same once such times are passed over. */
export function isSameButForTimes(one: string, other: string): boolean {
  return one !== other && withoutTimes(one) === withoutTimes(other);
}

function withoutTimes(text: string): string {
  return times.reduce((left, time) => left.replace(time, "#"), text);
}
