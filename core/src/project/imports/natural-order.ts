/**
 * Compares two names as people count (`x2` before `x10`), the way isort and ruff do: runs of digits by their value, and
 * digit by digit where one begins with 0; all else character by character. Less than 0 where `one` comes first.
 */
export function byNaturalOrder(one: string, other: string): number {
  const [ours, theirs] = [piecesOf(one), piecesOf(other)];
  for (let at = 0; at < ours.length && at < theirs.length; at++) {
    const order = comparePieces(ours[at] as string, theirs[at] as string);
    if (order !== 0) return order;
  }
  return ours.length - theirs.length;
}

/** Runs of digits, and single characters between them. */
function piecesOf(name: string): readonly string[] {
  return name.match(/\d+|\D/gu) ?? [];
}

function comparePieces(one: string, other: string): number {
  const isCount = (piece: string) => /^[1-9]/.test(piece);
  if (isCount(one) && isCount(other) && one.length !== other.length) return one.length - other.length;
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
