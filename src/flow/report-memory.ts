import type { Claim } from '#core/findings/finding'
import { MEMORY_INDEX } from '#core/memory/memory'
import type { Chosen } from '#core/memory/recall'
import type { Silenced } from '#core/memory/silence'
import type { ReportMemory, SilencedFinding } from '#core/report/report'
import { redact } from '#core/text/redact'
import type { RecalledMemory } from '#flow/recall-memory'

/** What a reader of the review should know of the memory: what was recalled, and what it silenced. */
export function memoryReport(
  recalled: RecalledMemory,
  chosen: Chosen,
  silenced: readonly Silenced[],
): ReportMemory {
  const read = [...recalled.files.filter(({ path }) => path === MEMORY_INDEX), ...chosen.topics]
  return {
    recalled: read.map(({ path }) => {
      const entries = recalled.entries.filter(({ file }) => file === path)
      const suspect = entries.filter(({ status }) => status === 'suspect')
      return { file: path, entries: entries.length, suspect: suspect.map(({ entry }) => entry.id) }
    }),
    leftOut: [...chosen.leftOut],
    waiting: recalled.waiting.map(({ text }) => redact(text).text),
    silenced: silenced.filter(isSaidOnce).map(silencedFinding),
  }
}

/** What the agent says of a place where a rule is silenced already is the same finding. */
function isSaidOnce({ claim, decision }: Silenced, _: number, all: readonly Silenced[]): boolean {
  const isSame = (one: Silenced) =>
    one.claim.rule !== null &&
    one.decision.entry === decision.entry &&
    one.claim.path === claim.path &&
    one.claim.class === claim.class
  return claim.rule !== null || !all.some(isSame)
}

function silencedFinding({ claim, decision }: Silenced): SilencedFinding {
  const { rule, class: kind, severity, path, line, title } = claim
  const { entry, by, reason } = decision
  return { rule, class: kind, severity, path, line, title, entry, by, reason: redact(reason).text }
}

/** Notes about critical findings that somebody accepted: they are said all the same. */
export function keptNotes(kept: readonly Silenced[]): readonly string[] {
  return kept.map(
    ({ claim, decision }) =>
      `${nameOf(claim)} at ${claim.path}:${claim.line} is critical and is said although memory entry ${decision.entry} accepts it`,
  )
}

function nameOf(claim: Claim): string {
  return claim.rule ?? claim.class
}
