import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'

/** One changed file of a public repository and what a person says it is. */
const PublicRow = z.strictObject({
  repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  path: z.string().min(1),
  lang: z.string().min(1),
  label: z.enum(['yes', 'no', 'borderline']),
  reason: z.string(),
})
export type PublicRow = z.infer<typeof PublicRow>

/**
 * The sets of public rows, each a file beside this one. A set whose misses somebody has read is one
 * for tuning; one that is called `held-out` is measured, and nobody looks at it.
 */
export const PUBLIC_SETS = [
  'tuning',
  'tuning-2',
  'tuning-3',
  'tuning-4',
  'tuning-5',
  'tuning-6',
  'tuning-7',
  'tuning-8',
  'held-out',
] as const
export type PublicSet = (typeof PUBLIC_SETS)[number]

/** A set's rows; null where this checkout does not hold the set. Throws ZodError on a bad row. */
export async function readPublicRows(set: PublicSet): Promise<readonly PublicRow[] | null> {
  let text: string
  try {
    text = await readFile(join(import.meta.dirname, `${set}.yml`), 'utf8')
  } catch {
    return null
  }
  return z.array(PublicRow).parse(parse(text))
}

/** All rows of one commit: it is read once. */
export interface CommitRows {
  readonly repo: string
  readonly sha: string
  readonly rows: readonly PublicRow[]
}

/** The rows by commit, in the order of each commit's first row. */
export function rowsByCommit(rows: readonly PublicRow[]): readonly CommitRows[] {
  const commits = new Map<string, PublicRow[]>()
  for (const row of rows) {
    const key = `${row.repo} ${row.sha}`
    const known = commits.get(key)
    if (known === undefined) commits.set(key, [row])
    else known.push(row)
  }
  return [...commits.values()].flatMap((own) => {
    const [first] = own
    return first === undefined ? [] : [{ repo: first.repo, sha: first.sha, rows: own }]
  })
}
