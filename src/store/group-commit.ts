import { Problem } from '#core/problem'

/** Most items in one commit: keeps a statement short after a storm. */
const LARGEST_GROUP = 500

const isAway = (error: unknown) => error instanceof Problem && error.kind === 'retry'

interface Waiting<Item, Result> {
  readonly item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Lets concurrent callers share one commit: everything that arrives within a tick, or while the
 * commit before is under way, goes into the next one. A caller's promise settles after its commit.
 */
export function createGroupCommit<Item, Result>(
  commit: (items: readonly Item[]) => Promise<readonly Result[]>,
): { add(item: Item): Promise<Result>; waiting(): number } {
  const queue: Waiting<Item, Result>[] = []
  let running = false

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

  async function run(): Promise<void> {
    while (queue.length > 0) await commitGroup(queue.splice(0, LARGEST_GROUP))
    running = false
  }

  return {
    add(item) {
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject })
        if (running) return
        running = true
        setImmediate(() => void run())
      })
    },
    waiting: () => queue.length,
  }
}
