import * as z from 'zod'
import type { Database } from '#store/database'
import { row } from '#store/database'

/** Lets one process of many do a task, such as the sweep or the purge. */
export interface Leadership {
  /** True when this process leads the task for the next `ttlMs`; ask again before that is over. */
  tryLead(task: string, ttlMs: number): Promise<boolean>
  /** Gives every task up, so that another process need not wait. */
  resign(): Promise<void>
}

const TaskRow = z.object({ task: z.string() })

/** Takes a task that nobody has, or has any longer, and renews one's own; false where another has it. */
export async function takeTask(
  database: Database,
  {
    task,
    holder,
    ttlMs,
  }: { readonly task: string; readonly holder: string; readonly ttlMs: number },
): Promise<boolean> {
  const taken = await row(
    database,
    TaskRow,
    `insert into leaders (task, holder, until)
     values ($1, $2, clock_timestamp() + $3::int * interval '1 millisecond')
     on conflict (task) do update set holder = excluded.holder, until = excluded.until
       where leaders.holder = excluded.holder or leaders.until < clock_timestamp()
     returning task`,
    [task, holder, ttlMs],
  )
  return taken !== null
}

export function createLeadership(database: Database, holder: string): Leadership {
  return {
    tryLead: (task, ttlMs) => takeTask(database, { task, holder, ttlMs }),
    async resign() {
      await database.query('delete from leaders where holder = $1', [holder])
    },
  }
}

/** Takes every task from its leader; only for a store that this process alone can have open. */
export async function dropLeaders(database: Database): Promise<void> {
  await database.query('delete from leaders')
}
