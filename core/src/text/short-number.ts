/** A number as a table shows it: whole numbers as they are, others with so many digits that count. */
export function shortNumber(value: number, digits: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(digits)));
}
