import type { Refusal } from '#core/memory/admit-learning'
import { readDecision } from '#core/memory/decision'
import type { EntryStatus, JudgedEntry } from '#core/memory/entry-status'
import { memoryFolder } from '#core/memory/memory'
import { entryId } from '#core/memory/memory-entry'
import type { WaitingLearning } from '#core/plan/plan'
import { codeSpan, safeInline } from '#core/render/safe-markdown'
import { countWords } from '#core/render/verdict'

/** Where a fact that somebody gave has come to. */
export type Kept =
  | { readonly kind: 'written'; readonly file: string }
  | { readonly kind: 'proposed'; readonly pull: number }
  | { readonly kind: 'known' }
  | { readonly kind: 'at-merge' }
  | { readonly kind: 'later'; readonly because: string }

/** The answer to `remember`. */
export function rememberedWords(id: string, kept: Kept, webUrl: string): string {
  const name = codeSpan(id)
  switch (kept.kind) {
    case 'written':
      return `Remembered as ${name} in ${codeSpan(kept.file)}. \`/tech-lead forget ${id}\` takes it back.`
    case 'proposed':
      return `Proposed as ${name} in #${kept.pull}: the default branch takes no direct commits to the memory.`
    case 'known':
      return `The memory says so already: ${name}.`
    case 'at-merge':
      return `Will be remembered as ${name} when this merges. Until then it counts for this pull request alone.`
    case 'later':
      return `Will be remembered as ${name}. It waits: ${safeInline(kept.because, webUrl)}.`
  }
}

/** The answer to `dismiss`. */
export function dismissedWords(text: string, kept: Kept, webUrl: string): string {
  const decision = readDecision(text)
  const what = decision === null ? 'It' : `${codeSpan(decision.rule)} in ${codeSpan(decision.path)}`
  const next = `${what} is silent from the next review on; each time the summary names this entry.`
  return `${rememberedWords(entryId(text), kept, webUrl)}\n\n${next}`
}

/** Why a fact is not taken. Its words are not repeated. */
export function refusedWords({ reason, detail }: Refusal): string {
  return `This is not remembered (${reason}): ${detail}. The memory takes one plain statement about this repository of at most 400 characters, without links, mentions, secrets or instructions.`
}

/** Why a finding cannot be dismissed. */
export function criticalWords(id: string): string {
  return `${codeSpan(id)} is critical. What is critical is said in every review, whatever anybody decides; it goes when the code is mended.`
}

/** The answer to `dismiss` where no finding has the id. */
export function unknownFinding(written: string, several: readonly string[]): string {
  if (several.length === 0)
    return `No review of this pull request has a finding ${codeSpan(written)}. Old reviews are forgotten; \`/tech-lead review\` makes a new one.`
  return `Several findings begin with ${codeSpan(written)}: ${several.slice(0, 10).map(codeSpan).join(', ')}.`
}

/** The answer to `forget`. */
export function forgottenWords(
  id: string,
  how:
    | { readonly kind: 'done' | 'waiting' }
    | { readonly kind: 'proposed'; readonly pull: number }
    | { readonly kind: 'refused'; readonly because: string },
  webUrl: string,
): string {
  const name = codeSpan(id)
  switch (how.kind) {
    case 'done':
      return `Forgotten: ${name}. What it silenced is said again. It is not learned again by itself.`
    case 'waiting':
      return `Forgotten: ${name}, before it was written.`
    case 'proposed':
      return `#${how.pull} takes ${name} out; it counts until that merges.`
    case 'refused':
      return `${name} could not be taken out: ${safeInline(how.because, webUrl)}.`
  }
}

/** The answer to `forget` where no single entry has the id. */
export function unknownEntry(written: string): string {
  return `No single entry of the memory begins with ${codeSpan(written)}. \`/tech-lead memory\` lists them.`
}

/** What the memory holds, as one answer lists it. */
export interface MemoryOverview {
  readonly agent: string
  readonly webUrl: string
  readonly files: number
  readonly entries: readonly JudgedEntry[]
  readonly waiting: readonly WaitingLearning[]
}

const MAX_LISTED = 40
const STATUSES: readonly EntryStatus[] = ['active', 'candidate', 'suspect', 'retired']

/** The answer to `memory`: how much there is, what is doubtful, what was decided, what waits. */
export function memoryOverview(memory: MemoryOverview): string {
  const { agent, webUrl, entries, waiting } = memory
  const folder = codeSpan(memoryFolder(agent))
  if (entries.length === 0 && waiting.length === 0 && memory.files === 0)
    return `There is no memory yet in ${folder}.`
  const counts = STATUSES.map(
    (status) => [entries.filter((one) => one.status === status).length, status] as const,
  )
  const counted = counts
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} ${status}`)
  const decided = entries.filter(({ entry }) => readDecision(entry.text) !== null)
  const suspect = entries.filter((one) => one.status === 'suspect' && !decided.includes(one))
  const others = entries.filter((one) => !decided.includes(one) && !suspect.includes(one))
  const size = `${entries.length === 1 ? '1 entry' : `${entries.length} entries`} in ${countWords(memory.files, 'file')}`
  const row = ({ entry, status, file }: JudgedEntry) =>
    `- ${codeSpan(entry.id)} ${status === 'active' ? '' : `(${status}) `}${safeInline(entry.text, webUrl)} · ${codeSpan(file)}`
  return [
    `${folder} on the default branch: ${size}${counted.length === 0 ? '' : `: ${counted.join(', ')}`}.`,
    group('Decisions of maintainers:', decided.map(row)),
    group('Suspect, because the cited line has changed:', suspect.map(row)),
    group(
      'Waiting:',
      waiting.map(
        ({ text, when }) =>
          `- ${codeSpan(entryId(text))} (${WAITS[when]}) ${safeInline(text, webUrl)}`,
      ),
    ),
    folded(others.map(row)),
    '`/tech-lead forget <id>` takes an entry out; every file may also be edited by hand.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const WAITS: Readonly<Record<WaitingLearning['when'], string>> = {
  'at-merge': 'for the merge',
  pending: 'for a maintainer who merges',
  branch: 'for the branch to take it',
}

function group(label: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : [label, '', ...limited(rows)].join('\n')
}

function folded(rows: readonly string[]): string {
  if (rows.length === 0) return ''
  return `<details><summary>All other entries</summary>\n\n${limited(rows).join('\n')}\n\n</details>`
}

function limited(rows: readonly string[]): readonly string[] {
  const left = rows.length - MAX_LISTED
  return left > 0 ? [...rows.slice(0, MAX_LISTED), `- and ${left} more`] : rows
}
