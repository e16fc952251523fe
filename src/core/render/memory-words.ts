import type { PlannedLearning } from '#core/plan/plan'
import { codeSpan, safeInline } from '#core/render/safe-markdown'
import { countWords } from '#core/render/verdict'
import type { Report, ReportMemory, SilencedFinding } from '#core/report/report'
import { clip } from '#core/text/lines'

/** Lines of one list. */
const MAX_LINES = 20
const MAX_CELL = 200

/** The notes of a report as plain lines, with what the memory silenced first: nobody may miss that. */
export function notesOf({ memory, notes }: Report): readonly string[] {
  return [...memory.silenced.map(silencedWords), ...notes]
}

function silencedWords(one: SilencedFinding): string {
  const { rule, class: kind, path, line, entry, by, reason } = one
  return `${rule ?? kind} at ${path}:${line} is silenced by memory entry ${entry} of ${by}: ${reason}`
}

/** What the memory silenced, in sight: each with the entry that can be forgotten. */
export function silencedList({ silenced }: ReportMemory, webUrl: string): string {
  if (silenced.length === 0) return ''
  const lines = silenced.map(({ rule, class: kind, path, line, entry, by, reason }) => {
    const where = codeSpan(clip(`${path}:${line}`, MAX_CELL))
    return `- ${codeSpan(rule ?? kind)} at ${where}: ${safeInline(reason, webUrl)} (${codeSpan(entry)}, ${safeInline(by, webUrl)})`
  })
  const words = `${countWords(silenced.length, 'finding')} silenced by the memory; \`/tech-lead forget <id>\` makes one speak again:`
  return `${words}\n\n${lines.join('\n')}`
}

/** Where what was learned has come to, for a check; empty where it is in its place. */
export function memoryOutcome(
  remembered:
    | { readonly kind: 'committed' | 'nothing' }
    | { readonly kind: 'proposed'; readonly pull: number }
    | { readonly kind: 'pending'; readonly because: string },
): string {
  switch (remembered.kind) {
    case 'proposed':
      return `What was learned is proposed in #${remembered.pull}.`
    case 'pending':
      return `What was learned waits: ${codeSpan(clip(remembered.because.replaceAll(/\s+/g, ' '), MAX_CELL))}`
    default:
      return ''
  }
}

/** What was recalled and what was learned, folded away. */
export function memorySection(
  memory: ReportMemory,
  learnings: readonly PlannedLearning[],
  webUrl: string,
): string {
  const group = (when: PlannedLearning['when'], label: string) =>
    list(
      label,
      learnings.filter((learning) => learning.when === when).map(({ text }) => text),
      webUrl,
    )
  const groups = [
    recalledList(memory),
    list('Learned on this pull request before, and waiting for its merge:', memory.waiting, webUrl),
    group('now', 'Will be remembered now:'),
    group('at-merge', 'Will be remembered when this merges:'),
    group('pending', 'Waits for a maintainer:'),
  ].filter((text) => text !== '')
  if (groups.length === 0) return ''
  return `<details><summary>Memory</summary>\n\n${groups.join('\n\n')}\n\n</details>`
}

function list(label: string, texts: readonly string[], webUrl: string): string {
  if (texts.length === 0) return ''
  const lines = texts.slice(0, MAX_LINES).map((text) => `- ${safeInline(text, webUrl)}`)
  const left = texts.length - lines.length
  return [label, '', ...lines, ...(left === 0 ? [] : [`- and ${left} more`])].join('\n')
}

function recalledList({ recalled, leftOut }: ReportMemory): string {
  if (recalled.length === 0) return ''
  const lines = recalled.slice(0, MAX_LINES).map(({ file, entries, suspect }) => {
    const count = entries === 1 ? '1 entry' : `${entries} entries`
    const doubtful =
      suspect.length === 0
        ? ''
        : `; the cited line has changed, so that it is only a question: ${suspect.slice(0, MAX_LINES).map(codeSpan).join(', ')}`
    return `- ${codeSpan(clip(file, MAX_CELL))}: ${count}${doubtful}`
  })
  const others = leftOut.slice(0, MAX_LINES).map((file) => codeSpan(clip(file, MAX_CELL)))
  const left =
    others.length === 0 ? [] : ['', `Not recalled, for want of room: ${others.join(', ')}.`]
  return ['Recalled:', '', ...lines, ...left].join('\n')
}
