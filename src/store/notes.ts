import * as z from 'zod'
import type { Database } from '#store/database'
import { row } from '#store/database'

/** Small facts of the server itself, such as how far the sweep of deliveries has come. */
export interface Notes {
  get(key: string): Promise<string | null>
  set(key: string, value: string): Promise<void>
  remove(key: string): Promise<void>
}

const ValueRow = z.object({ value: z.string() })

export function createNotes(database: Database): Notes {
  return {
    async get(key) {
      const found = await row(database, ValueRow, 'select value from notes where key = $1', [key])
      return found?.value ?? null
    },
    async set(key, value) {
      await database.query(
        'insert into notes (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
        [key, value],
      )
    },
    async remove(key) {
      await database.query('delete from notes where key = $1', [key])
    },
  }
}
