/**
 * Ends the turn of whoever works through much by itself: what else the process has to do, such as
 * answering GitHub, comes first.
 */
export function letOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
