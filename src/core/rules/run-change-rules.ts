import type { FileDiff } from '#core/diff/diff'
import { changedLines, commentableLines, firstIn, hasAny } from '#core/diff/line-sets'
import type { Claim, Evidence } from '#core/findings/finding'
import type { MatrixDelta } from '#core/matrix/matrix'
import { bringsMore } from '#core/rules/brings-more'
import { claimOf } from '#core/rules/claims'
import type { Code, CodeFile } from '#core/rules/code'
import { type LostProtection, lostCells } from '#core/rules/lost-cells'
import { type ChangedFile, type Loss, lostWords } from '#core/rules/lost-words'
import type { ProviderKnowledge } from '#core/rules/provider-knowledge'
import { quietBecause, testsFrom } from '#core/rules/quiet-files'
import type { Rule } from '#core/rules/rule'
import { isOnlyOfService, servesNobody } from '#core/rules/run-by-hand'
import { enabledSeverity } from '#core/rules/run-rules'
import type { Settings } from '#core/settings/settings'
import { redact } from '#core/text/redact'

/** A change as rules about changes see it. */
export interface ChangeInput {
  readonly rules: readonly Rule[]
  readonly providers: ProviderKnowledge
  readonly settings: Settings
  /** The files under review. */
  readonly files: readonly FileDiff[]
  /** Every changed file: what a protection may have moved to. */
  readonly changed: readonly FileDiff[]
  /** The files under review and what they import, before and after. */
  readonly before: Code
  readonly after: Code
  readonly matrix: MatrixDelta
  /** What the other rules say of this change. */
  readonly standing: readonly Claim[]
}

/** Characters of added lines that are searched for a protection that moved. */
const MAX_ADDED = 2_000_000
/** Calls that are named where one lost protection is behind all of them. */
const MAX_ROWS_NAMED = 5

/** What a change takes away from code that still needs it; never what another rule says already. */
export function runChangeRules(input: ChangeInput): readonly Claim[] {
  const files = changedFiles(input)
  const added = addedText(input.changed)
  const claims: Claim[] = []
  for (const rule of input.rules) {
    if (rule.taken === null) continue
    const { cells, words } = rule.taken
    const byWords =
      words === undefined
        ? []
        : files.flatMap((file) =>
            lostWords(file, words, { added, code: input.after })
              .flatMap((loss) => claimOfLoss(input, rule, file, loss))
              // Words are weaker than what a rule has seen in the same place.
              .filter((claim) => !input.standing.some((other) => isBetter(other, claim))),
          )
    // Where both see a loss, the words stand in the lines that the change touched.
    const lost = [
      ...byWords,
      ...cells
        .flatMap((cell) => claimsOfRows(input, rule, lostCells(input.matrix, cell)))
        .filter((claim) => !byWords.some((other) => isNear(other, claim))),
    ]
    for (const claim of lost)
      if (![...input.standing, ...claims].some((other) => isSaid(other, claim))) claims.push(claim)
  }
  return claims
}

/** Files of production code that stood before. */
function changedFiles({ files, before, after }: ChangeInput): readonly ChangedFile[] {
  return files.flatMap((diff) => {
    const old = before.files.get(diff.previousPath ?? diff.path)
    const now = after.files.get(diff.path)
    if (diff.change === 'added' || old === undefined || now === undefined) return []
    if (quietBecause(now.path, now.text) !== null) return []
    return [{ diff, before: old, after: now }]
  })
}

function addedText(files: readonly FileDiff[]): string {
  const lines: string[] = []
  let size = 0
  for (const { hunks } of files.filter(({ path }) => isCodeThatRuns(path)))
    for (const line of hunks.flatMap((hunk) => hunk.lines)) {
      if (!line.startsWith('+') || isTalk(line)) continue
      size += line.length
      if (size > MAX_ADDED) return lines.join('\n')
      lines.push(line.slice(1))
    }
  return lines.join('\n')
}

/** Documents and tests protect nothing; settings of a server may. */
const isCodeThatRuns = (path: string) =>
  !/\.(?:md|mdx|rst|adoc|txt|lock)$/i.test(path) && quietBecause(path, '') === null

/** Comments and imports do nothing. */
const isTalk = (line: string) =>
  /^\+\s*(?:\/\/|#(?!\[)|\*|\/\*|--\s|import\b|from\s[\w.]+\s+import\b|use\s[\w\\:]+|using\s[\w.]+;|require\b)/.test(
    line,
  )

/**
 * One claim for each line on which protections are lacking now, with the rows that it stands behind;
 * rows that the change itself does not touch lost theirs by one deed elsewhere, so they are one.
 */
function claimsOfRows(
  input: ChangeInput,
  rule: Rule,
  rows: readonly LostProtection[],
): readonly Claim[] {
  const groups = Map.groupBy(rows, (row) => {
    const { path, line, cell } = row
    if (!isWithin(input, row)) return 'elsewhere'
    return `${cell.path ?? path}:${cell.line ?? line}`
  })
  return [...groups.values()].flatMap((group) => {
    const [row] = group
    const file = row === undefined ? undefined : input.after.files.get(row.path)
    if (row === undefined || file === undefined || isExplained(input, rule, row)) return []
    const spot = { line: row.line, endLine: row.line, range: linesOf(row.within) }
    const evidence = group
      .slice(0, MAX_ROWS_NAMED)
      .flatMap((one) => [
        { path: one.path, line: one.line },
        ...(one.cell.path === null || one.cell.line === null
          ? []
          : [{ path: one.cell.path, line: one.cell.line }]),
      ])
    return claimAt(input, rule, file, {
      ...spot,
      symbol: row.symbol,
      still: row.what,
      provider: row.integration,
      evidence,
      left: null,
    })
  })
}

/**
 * Whether the loss has another reason: the row stands where the change is not, and a rule speaks of
 * the place that it changed; or the file was given something that the matrix does not see through.
 */
function isExplained(input: ChangeInput, rule: Rule, row: LostProtection): boolean {
  const { files, standing } = input
  const diff = files.find(({ path }) => path === row.path)
  if (diff !== undefined && bringsMore(diff)) return true
  return !isWithin(input, row) && standing.some((claim) => claim.class === rule.class)
}

/** Whether the change touches the function of a row. */
function isWithin({ files }: ChangeInput, { path, within }: LostProtection): boolean {
  const diff = files.find((one) => one.path === path)
  if (diff === undefined) return false
  const { startLine, endLine } = within
  return hasAny(changedLines(diff, 'RIGHT'), startLine, endLine)
}

function claimOfLoss(
  input: ChangeInput,
  rule: Rule,
  { after, before }: ChangedFile,
  { gone, still, range, symbol }: Loss,
): readonly Claim[] {
  return claimAt(input, rule, after, {
    line: still,
    endLine: still,
    range,
    symbol,
    still: after.lines[still - 1]?.trim() ?? '',
    provider: null,
    evidence: [],
    left: { path: before.path, line: gone, text: before.lines[gone - 1] ?? '' },
  })
}

interface Place {
  readonly line: number
  readonly endLine: number
  readonly range: { readonly line: number; readonly endLine: number }
  readonly symbol: string | null
  readonly still: string
  readonly provider: string | null
  readonly evidence: readonly { readonly path: string; readonly line: number }[]
  /** The line of the base that is gone. */
  readonly left: { readonly path: string; readonly line: number; readonly text: string } | null
}

const linesOf = ({ startLine, endLine }: LostProtection['within']) => ({ line: startLine, endLine })

/** A claim where the change can be commented on: on its own lines near what is unprotected now. */
function claimAt(input: ChangeInput, rule: Rule, file: CodeFile, place: Place): readonly Claim[] {
  const severity = enabledSeverity(rule, file, input.settings)
  const tests = testsFrom(file.path, file.text) ?? Number.POSITIVE_INFINITY
  if (severity === null || quietBecause(file.path, file.text) !== null || place.line >= tests)
    return []
  if (isOnlyOfService(rule) && servesNobody(file)) return []
  const { line, endLine, range, symbol, still, evidence } = place
  const provider = place.provider === null ? null : input.providers.byId(place.provider)
  const observation = { line, endLine, range, symbol, provider, names: { still }, evidence }
  const sources = { code: input.after, secrets: new Map() }
  const claim = claimOf(rule, severity, file, observation, sources)
  const left = place.left === null ? [] : [leftEvidence(place.left)]
  const diff = input.files.find(({ path }) => path === file.path)
  return [{ ...anchored(claim, range, diff), evidence: [...claim.evidence, ...left] }]
}

function leftEvidence({ path, line, text }: NonNullable<Place['left']>): Evidence {
  const { text: clean } = redact(text)
  return { path, side: 'LEFT', line, text: clean, redacted: clean !== text }
}

/** On the line itself where GitHub takes a comment there, else on the change's lines beside it. */
function anchored(claim: Claim, range: Place['range'], diff: FileDiff | undefined): Claim {
  if (diff === undefined) return claim
  const commentable = commentableLines(diff, 'RIGHT')
  if (commentable.has(claim.line)) return claim
  const line =
    firstIn(changedLines(diff, 'RIGHT'), range.line, range.endLine) ??
    firstIn(commentable, range.line, range.endLine)
  return line === null ? claim : { ...claim, startLine: line, line }
}

/** Classes of which one defect shows itself as another. */
const KIN: readonly ReadonlySet<Claim['class']>[] = [
  new Set<Claim['class']>(['webhook-verification', 'timing-unsafe-compare', 'jwt']),
  new Set<Claim['class']>(['webhook-verification', 'replay-window']),
  new Set<Claim['class']>(['retry-policy', 'rate-limit']),
  new Set<Claim['class']>(['event-dedupe', 'webhook-ack']),
]
/** Lines within which two claims are about one thing. */
const NEAR = 12

/** Whether another claim speaks of the same loss: it is near, and of the kind. */
function isSaid(other: Claim, claim: Claim): boolean {
  // Two functions may lose the same thing, however close they stand.
  const apart = other.rule === claim.rule && other.symbol !== claim.symbol
  return isAlike(other, claim) && !apart && isNear(other, claim)
}

/**
 * Whether a rule saw in the same place what words may stand for. An age is no comparison, and what
 * is seen in another function is another thing unless it is of the kind.
 */
function isBetter(other: Claim, claim: Claim): boolean {
  if (claim.class === 'replay-window' && other.class === 'timing-unsafe-compare') return false
  const apart = other.symbol !== null && claim.symbol !== null && other.symbol !== claim.symbol
  return isNear(other, claim) && (!apart || isAlike(other, claim))
}

function isAlike(other: Claim, claim: Claim): boolean {
  return (
    other.class === claim.class || KIN.some((kin) => kin.has(other.class) && kin.has(claim.class))
  )
}

/** Whether two claims speak of one function, or of lines close to each other. */
function isNear(other: Claim, claim: Claim): boolean {
  if (claim.symbol !== null && other.path === claim.path && other.symbol === claim.symbol)
    return true
  return placesOf(claim).some((one) =>
    placesOf(other).some(
      ({ path, line }) => path === one.path && Math.abs(line - one.line) <= NEAR,
    ),
  )
}

const placesOf = ({ path, line, evidence }: Claim) => [
  { path, line },
  ...evidence.filter(({ side }) => side === 'RIGHT'),
]
