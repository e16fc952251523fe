import type { Moment } from '#core/matrix/moment'
import { quietOf, type Region } from '#core/matrix/region'
import { headersAbove } from '#core/matrix/surroundings'

/** Moments with the place in the region at which they happen. */
interface Placed {
  readonly offset: number
  readonly moments: readonly Moment[]
}

/** How stores say that a row is there already. */
const TAKEN =
  /\bP2002\b|\b23505\b|\bIntegrityError\b|\bUniqueViolation\w*|\b\w*(?:[uU]nique_violation|UNIQUE_VIOLATION|DUPLICATE_KEY|DUP_ENTRY)\b|\bRecordNotUnique\b|\bUniqueConstraint\w*(?:Exception|Error)?\b|\bDuplicateKey\w*|\b11000\b|\bER_DUP_ENTRY\b|\b1062\b|\bDataIntegrityViolationException\b|\bis_unique_violation\b|\bis_?[uU]nique\w*(?:Error|Violation)?\w*\s*\(|\b(?:is_?)?[dD]uplicate(?:d?_?[kK]ey|Error|Entry)\w*|\bErrDuplicat\w*|\bErrTaskIDConflict\b|\bErrDuplicateTask\b|\bConditionalCheckFailed\w*|\bAlreadyExists\w*|\bALREADY_EXISTS\b|\bIsUniqueViolation\w*|\b2627\b|\b2601\b|\bSQLITE_CONSTRAINT\w*|\bUniquenessError\b|\bConstraintViolationException\b|\bDbUpdateException\b|\bErrConflict\b|\bErrAlready\w+|\bAlreadyProcessed\w*|\bNotUniqueError\b|\bEntityExistsException\b/g

/**
 * A store that answers with a failure to whoever comes second is a claim, where somebody catches
 * that failure: its statement is the claim, not the place that catches.
 */
export function claimsByFailure(region: Region, placed: readonly Placed[]): readonly Placed[] {
  const { file, start, end } = region
  const { text } = quietOf(file)
  const taken = [...text.slice(start, end).matchAll(TAKEN)].map(({ index }) => start + index)
  if (taken.length === 0) return placed
  const claims = new Set<Moment>()
  for (const at of taken) {
    const from = tryBefore(region, at)
    const candidates = placed.filter(({ offset }) => offset >= from && offset < at)
    const stores = candidates
      .flatMap(({ moments }) => moments)
      .filter(({ kind }) => kind === 'store' || kind === 'claim')
    const one = from === start ? stores.at(-1) : stores[0]
    const queued = candidates
      .flatMap(({ moments }) => moments)
      .filter(({ kind }) => kind === 'enqueue' || kind === 'claim')
    const found = one ?? queued[0]
    if (found !== undefined) claims.add(found)
  }
  if (claims.size === 0) return placed
  return placed.map(({ offset, moments }) => ({
    offset,
    moments: moments.flatMap((one): readonly Moment[] => {
      if (!claims.has(one)) return [one]
      if (one.kind === 'store') return [{ ...one, kind: 'claim' }]
      return one.kind === 'enqueue' ? [one, { ...one, kind: 'claim' }] : [one]
    }),
  }))
}

/** Where the block begins whose failures are caught at an offset. */
function tryBefore({ file, start }: Region, at: number): number {
  const { text } = quietOf(file)
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  const ownLine = text.slice(lineStart, text.indexOf('\n', at))
  const catching = /^\s*(?:\}\s*)?(?:catch|except|rescue)\b/.test(ownLine)
    ? { offset: lineStart, indent: indentOf(ownLine) }
    : headersAbove(file, at).find((one) => /\b(?:catch|except|rescue)\b/.test(one.text))
  if (catching === undefined) return start
  let before = catching.offset
  while (before > start) {
    const from = text.lastIndexOf('\n', before - 2) + 1
    const line = text.slice(from, before - 1)
    if (indentOf(line) === catching.indent && /\b(?:try|begin|def)\b/.test(line)) return from
    if (from === 0) break
    before = from
  }
  return start
}

function indentOf(line: string): number {
  return (/^[ \t]*/.exec(line)?.[0] ?? '').replaceAll('\t', '    ').length
}
