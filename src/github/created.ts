import * as z from 'zod'
import { Problem } from '#core/problem'

const Created = z.object({ id: z.number() })
const Numbered = z.object({ number: z.number() })

/**
 * The id of what was just created or changed. A redirected or rewritten answer has none: then nobody knows
 * what happened.
 *
 * @throws Problem `github.ambiguous`
 */
export function idOf(data: unknown): number {
  const created = Created.safeParse(data)
  if (created.success) return created.data.id
  throw unknownShape()
}

/**
 * The number of an issue that was just created or changed.
 *
 * @throws Problem `github.ambiguous`
 */
export function numberOf(data: unknown): number {
  const created = Numbered.safeParse(data)
  if (created.success) return created.data.number
  throw unknownShape()
}

function unknownShape(): Problem {
  return new Problem(
    'github.ambiguous',
    'retry',
    'GitHub answered in an unknown shape; the write may have happened',
  )
}
