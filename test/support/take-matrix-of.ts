import type { CallColumn, CallRow, HandlerRow } from '#core/matrix/matrix'
import { takeMatrix } from '#flow/take-matrix'
import { contentsOf, needs } from './take-inventory-of.ts'

type Files = Readonly<Record<string, string>>

/** The matrix of a repository of these files. */
export async function matrixOf(files: Files) {
  return takeMatrix(needs, { contents: contentsOf(files), at: 'head' })
}

/** The only call of these files. */
export async function callIn(files: Files): Promise<CallRow> {
  const { calls } = await matrixOf(files)
  const [only, ...others] = calls
  if (only === undefined || others.length > 0) throw new Error(`${calls.length} calls, not one`)
  return only
}

/** The only handler of these files. */
export async function handlerIn(files: Files): Promise<HandlerRow> {
  const { handlers } = await matrixOf(files)
  const [only, ...others] = handlers
  if (only === undefined || others.length > 0)
    throw new Error(`${handlers.length} handlers, not one`)
  return only
}

/** A cell in a few words: `protected src/a.ts:3`, `missing: waits for ever`. */
export function cellWords({ cells }: CallRow, column: CallColumn): string {
  const { state, because, path, line } = cells[column]
  return state === 'protected' ? `${state} ${path}:${line}` : `${state}: ${because}`
}
