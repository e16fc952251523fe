/**
 * Ends the turn of whoever works through much by itself: what else the process has to do, such as
 * answering GitHub, comes first.
 */
export function letOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** As long as nobody minds who waits for an answer, in milliseconds. */
const TURN_MS = 5

/**
 * Ends the turn as `letOthers` does, but only once it has lasted: for work of many steps, most of
 * which take no time. Each work begins its own.
 */
export function letOthersInTime(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < TURN_MS) return
    return letOthers().then(() => {
      since = performance.now()
    })
  }
}
