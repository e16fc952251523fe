import type { FileDiff } from '#core/diff/diff'
import { canComment, commentableLines } from '#core/diff/line-sets'
import { pathFacts } from '#core/filter/file-kind'
import type { Claim } from '#core/findings/finding'
import { fitSuggestion, withSuggestion } from '#core/findings/suggestion'
import type { At, Scan } from '#flow/ports'

/** What checking suggestions needs. */
interface CheckNeeds {
  readonly scan: Pick<Scan, 'syntaxErrors'>
  readonly files: readonly FileDiff[]
  readonly lines: (path: string, at: At) => Promise<readonly string[] | null>
}

interface Fitted {
  readonly claim: Claim
  readonly suggestion: string
  readonly lines: readonly string[]
}

/**
 * Looks at what one click would commit: a suggestion stays only where it replaces lines of one hunk,
 * changes something, and leaves the file as readable for its grammar as it was. Any other goes into
 * the words of the fix, where a person reads it first. Every claim that changes has an entry.
 */
export async function checkSuggestions(
  { scan, files, lines }: CheckNeeds,
  claims: readonly Claim[],
): Promise<ReadonlyMap<Claim, Claim>> {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const mended = new Map<Claim, Claim>()
  const fitted: Fitted[] = []
  for (const claim of claims) {
    if (claim.suggestion === null) continue
    const file = byPath.get(claim.path)
    const text = await lines(claim.path, 'head')
    const replaced = text?.slice(claim.startLine - 1, claim.line) ?? []
    const suggestion = fitSuggestion(claim.suggestion, replaced)
    if (suggestion === null || text === null || !isInHunk(claim, file)) {
      mended.set(claim, inWords(claim, suggestion))
    } else fitted.push({ claim, suggestion, lines: text })
  }
  const errors = await scan.syntaxErrors(fitted.flatMap(beforeAndAfter))
  for (const [index, { claim, suggestion }] of fitted.entries()) {
    const before = errors.get(nameOf('before', index, claim))
    const after = errors.get(nameOf('after', index, claim))
    // Nothing reads this language, so nobody can say that it still parses.
    const reads = before !== undefined && after !== undefined && after <= before
    mended.set(claim, reads ? { ...claim, suggestion } : inWords(claim, suggestion))
  }
  return mended
}

/** A workflow or a lock file is never changed by one click. */
const isForHandsOnly = (path: string) =>
  path.startsWith('.github/') || pathFacts(path).kind === 'lockfile'

function isInHunk({ side, startLine, line }: Claim, file: FileDiff | undefined): boolean {
  if (file === undefined || side === 'LEFT' || isForHandsOnly(file.path)) return false
  return canComment(commentableLines(file, 'RIGHT'), startLine, line)
}

function beforeAndAfter({ claim, suggestion, lines }: Fitted, index: number) {
  return [
    { path: nameOf('before', index, claim), text: `${lines.join('\n')}\n` },
    { path: nameOf('after', index, claim), text: withSuggestion(lines, claim, suggestion) },
  ]
}

const nameOf = (when: string, index: number, { path }: Claim) => `${when}/${index}/${path}`

/** @param suggestion null where it changes nothing: then there is nothing to show */
function inWords(claim: Claim, suggestion: string | null): Claim {
  if (suggestion === null) return { ...claim, suggestion: null }
  const ticks = '`'.repeat(Math.max(3, ...(suggestion.match(/`+/g) ?? []).map((t) => t.length + 1)))
  return {
    ...claim,
    suggestion: null,
    fix: `${claim.fix}\n\n${ticks}\n${suggestion}\n${ticks}`,
  }
}
