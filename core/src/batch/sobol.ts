/**
 * Primitive polynomials (degree s, coefficients a) and initial direction numbers m of the Sobol sequence's dimensions from
 * the second on: the first 20 lines of new-joe-kuo-6.21201 (S. Joe and F. Y. Kuo, "Constructing Sobol sequences with
 * better two-dimensional projections", SIAM J. Sci. Comput. 30, 2008; https://web.maths.unsw.edu.au/~fkuo/sobol/).
 */
const directions: readonly (readonly [s: number, a: number, m: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
];

/** How many dimensions `sobolPoints` can fill. */
export const sobolDimensions = directions.length + 1;

const bits = 32;

/** The first `count` points of the Sobol sequence, the origin included, as whole numbers of 32 bits in each dimension. */
export function sobolPoints(dimensions: number, count: number): Uint32Array[] {
  if (dimensions > sobolDimensions)
    throw new RangeError(`a Sobol sequence here has at most ${sobolDimensions} dimensions`);
  const numbers = Array.from({ length: dimensions }, (_, dimension) => directionNumbers(dimension));
  const points: Uint32Array[] = [];
  let point = new Uint32Array(dimensions);
  for (let index = 0; index < count; index++) {
    points.push(point);
    // Gray code order: the next point differs by the direction number of the lowest zero bit.
    const bit = Math.clz32(0) - 1 - Math.clz32(~index & -~index);
    point = point.map((value, dimension) => (value ^ (numbers[dimension]?.[bit] ?? 0)) >>> 0);
  }
  return points;
}

function directionNumbers(dimension: number): Uint32Array {
  const numbers = new Uint32Array(bits);
  const given = directions[dimension - 1];
  if (given === undefined) return numbers.map((_, bit) => (1 << (bits - 1 - bit)) >>> 0);
  const [degree, coefficients, initial] = given;
  for (let bit = 0; bit < bits; bit++) {
    const start = initial[bit];
    if (start !== undefined) {
      numbers[bit] = (start << (bits - 1 - bit)) >>> 0;
      continue;
    }
    const before = numbers[bit - degree] as number;
    let value = before ^ (before >>> degree);
    for (let term = 1; term < degree; term++) {
      if ((coefficients >>> (degree - 1 - term)) & 1) value ^= numbers[bit - term] as number;
    }
    numbers[bit] = value >>> 0;
  }
  return numbers;
}
