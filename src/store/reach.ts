import { QUEUE_SCHEMA } from '#store/boss'
import type { Database } from '#store/database'

/** What is kept of installations, as far as it ends or goes on with them. */
export interface ReachKeeping {
  /** Makes the waiting jobs of an installation due at once. */
  wake(installation: number): Promise<void>
  /** Drops what is queued and kept of an installation, or of some of its repositories; money stays. */
  forget(installation: number, repositories: readonly number[] | null): Promise<void>
}

const OF_INSTALLATION = "(data->'job'->>'installation')::bigint = $1"
const REPOSITORY = "(data->'job'->'repository'->>'id')::bigint"
/** Null for the whole installation. */
const OURS = 'installation_id = $1 and ($2::bigint[] is null or repository_id = any($2))'

export function createReachKeeping(database: Database): ReachKeeping {
  return {
    async wake(installation) {
      await database.query(
        `update ${QUEUE_SCHEMA}.job set start_after = now()
         where state in ('created', 'retry') and ${OF_INSTALLATION}`,
        [installation],
      )
    },
    async forget(installation, repositories) {
      const params = [installation, repositories]
      const keys = `key like $1 || '/%' and ($2::bigint[] is null
        or split_part(split_part(key, '/', 2), '#', 1)::bigint = any($2))`
      // Whoever holds one of these runs loses it, and writes nothing more.
      for (const statement of [
        `delete from ${QUEUE_SCHEMA}.job where state in ('created', 'retry', 'failed')
           and ${OF_INSTALLATION} and ($2::bigint[] is null or ${REPOSITORY} = any($2))`,
        `delete from runs where ${OURS}`,
        `delete from pending_learnings where ${OURS}`,
        `delete from first_looks where ${OURS}`,
      ]) {
        await database.query(statement, params)
      }
      for (const [table, key] of [
        ['pauses', 'pull_key'],
        ['answers', 'comment_key'],
        ['audits', 'repository_key'],
      ] as const) {
        await database.query(`delete from ${table} where ${keys.replaceAll('key', key)}`, [
          String(installation),
          repositories,
        ])
      }
    },
  }
}
