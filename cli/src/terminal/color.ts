import picocolors from "picocolors";

const { FORCE_COLOR, NO_COLOR, TERM } = process.env;

/**
 * Colours on a terminal only, and as the user has it (https://no-color.org, https://force-color.org). Not for the mere
 * presence of `CI`, for which picocolors itself colours what goes into a pipe.
 */
export const color = picocolors.createColors(
  !NO_COLOR && (FORCE_COLOR ? FORCE_COLOR !== "0" : process.stdout.isTTY === true && TERM !== "dumb"),
);
