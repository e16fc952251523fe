import { checkCitations, type Knowledge } from '#core/agent/check-finding'
import { citesCode } from '#core/agent/cited-lines'
import type { ToolAnswer } from '#core/agent/memory-overlay'
import type { DismissEvidenceInput } from '#core/agent/tool-inputs'
import type { FileDiff } from '#core/diff/diff'
import type { Claim, Evidence, Finding } from '#core/findings/finding'
import type { At } from '#flow/ports'
import { wholeFiles } from '#flow/read-whole'

/** A rule's claim that the model says is wrong here, with the lines that show it. */
export interface Dismissal {
  readonly claim: Claim
  readonly reason: string
  readonly evidence: readonly Evidence[]
}

/** An earlier finding that the model shows to be mended. */
export interface Mended {
  /** Its id. */
  readonly finding: string
  readonly reason: string
  readonly evidence: readonly Evidence[]
}

interface DismissalNeeds {
  readonly files: readonly FileDiff[]
  /** The lines of a file, null when it cannot be read. */
  readonly lines: (path: string, at: At) => Promise<readonly string[] | null>
  /** What the rules found; `E1` is the first. */
  readonly evidence: readonly Claim[]
  /** Findings of earlier reviews that are open; `P1` is the first. */
  readonly earlier: readonly Finding[]
  readonly redact: (text: string) => string
}

/** What the model dismisses, each once and with lines of code. */
export function createDismissals(
  needs: DismissalNeeds,
  knowledgeOf: (cited: DismissEvidenceInput['evidence']) => Promise<Knowledge>,
) {
  const dismissed: Dismissal[] = []
  const mended: Mended[] = []
  const taken = new Set<string>()
  return {
    dismissed,
    mended,
    async dismiss({ id, reason, evidence }: DismissEvidenceInput): Promise<ToolAnswer> {
      const { claim, finding } = subjectOf(id, needs)
      if (claim === undefined && finding === undefined) return fail(`There is no ${id}.`)
      if (taken.has(id)) return fail(`${id} is dismissed already.`)
      const checked = checkCitations(evidence, await knowledgeOf(evidence))
      if (!checked.ok) return fail(checked.because)
      if (!citesCode(checked.value, await wholeFiles(needs, checked.value))) {
        return fail('Comments, texts and documents refute nothing: cite lines of code.')
      }
      taken.add(id)
      const said = { reason: needs.redact(reason), evidence: checked.value }
      if (claim !== undefined) dismissed.push({ claim, ...said })
      if (finding !== undefined) mended.push({ finding: finding.id, ...said })
      const text = `${id} is dismissed, with your lines as the reason.`
      return { text, isError: false }
    },
  }
}

function subjectOf(id: string, { evidence, earlier }: DismissalNeeds) {
  const index = Number(id.slice(1)) - 1
  return id.startsWith('E') ? { claim: evidence[index] } : { finding: earlier[index] }
}

function fail(text: string): ToolAnswer {
  return { text, isError: true }
}
