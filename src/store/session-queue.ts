/** Whoever waits for the one session of the embedded store. */
export interface SessionQueue {
  /**
   * Resolves when it is the caller's turn, with what gives the session back. The urgent come before
   * all others that wait, and both in their order.
   */
  take(urgent: boolean): Promise<() => void>
}

/** A queue with nobody in it. */
export function createSessionQueue(): SessionQueue {
  const urgent: (() => void)[] = []
  const others: (() => void)[] = []
  let taken = false

  const serveNext = () => {
    const next = urgent.shift() ?? others.shift()
    taken = next !== undefined
    next?.()
  }
  // A statement ends within the task that it began in: who has asked meanwhile is heard only now.
  const giveBack = () => void setImmediate(serveNext)

  return {
    take(isUrgent) {
      return new Promise((resolve) => {
        const waiting = isUrgent ? urgent : others
        waiting.push(() => resolve(giveBack))
        if (!taken) serveNext()
      })
    },
  }
}
