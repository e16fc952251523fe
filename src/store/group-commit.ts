import { Problem } from '#core/problem'

/** Most items in one commit: keeps a statement short after a storm. */
const LARGEST_GROUP = 500

/** Commits under way at once: the store waits for its disk in one while it works on the other. */
const AT_ONCE = 2

/** As many must wait for another commit to begin beside one: few are better off in the next. */
const CROWD = 8

const isAway = (error: unknown) => error instanceof Problem && error.kind === 'retry'

interface Waiting<Item, Result> {
  readonly item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Lets concurrent callers share a commit: everything that arrives within a tick, or while the
 * commits before are under way, goes into the next one. A caller's promise settles after its
 * commit. Two commits may be under way at once, and end in either order.
 */
export function createGroupCommit<Item, Result>(
  commit: (items: readonly Item[]) => Promise<readonly Result[]>,
): { add(item: Item): Promise<Result>; waiting(): number } {
  const queue: Waiting<Item, Result>[] = []
  let underWay = 0
  let begun = false

  async function commitGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(group.map(({ item }) => item))
      for (const [index, { resolve, reject }] of group.entries()) {
        const result = results[index]
        if (result === undefined) reject(new Error('a group commit lost an item'))
        else resolve(result)
      }
    } catch (error) {
      // What waits behind would only wait longer to hear the same.
      const lost = isAway(error) ? [...group, ...queue.splice(0)] : group
      for (const { reject } of lost) reject(error)
    }
  }

  const isDue = () => queue.length > 0 && (underWay === 0 || queue.length >= CROWD)

  async function run(): Promise<void> {
    begun = false
    while (isDue()) {
      underWay += 1
      await commitGroup(queue.splice(0, LARGEST_GROUP))
      underWay -= 1
    }
  }

  return {
    add(item) {
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject })
        if (begun || underWay >= AT_ONCE || !isDue()) return
        begun = true
        setImmediate(() => void run())
      })
    },
    waiting: () => queue.length,
  }
}
