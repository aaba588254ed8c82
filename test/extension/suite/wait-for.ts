const limit = 20_000;

/** What `look` finds, as soon as it is neither undefined nor false. Throws with `what` after twenty seconds. */
export async function waitFor<Found>(
  what: string,
  look: () => Found | undefined | false | PromiseLike<Found | undefined | false>,
): Promise<Found> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
