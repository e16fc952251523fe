import { findById } from '#core/findings/find-by-id'
import type { Finding } from '#core/findings/finding'
import { pullKey } from '#core/job/job'
import { DECISIONS_TOPIC, decisionText } from '#core/memory/decision'
import { readMarkers } from '#core/render/marker'
import {
  criticalWords,
  dismissedWords,
  refusedWords,
  unknownFinding,
} from '#core/render/memory-answers'
import type { Answer, AnswerNeeds, Asked } from '#flow/answering'
import { keepFact } from '#flow/keep-fact'

/**
 * Accepts a finding with a reason: a maintainer's decision, which enters the memory through its gate
 * and silences the same rule in the same file. A critical finding is never accepted.
 */
export const answerDismiss: Answer = async (needs, asked) => {
  const { job, pull, command } = asked
  const written = command.id ?? ''
  const reports = await needs.reports.ofPull(pullKey({ ...job, pull: job.issue }))
  const newest = new Map<string, Finding>()
  for (const report of reports)
    for (const finding of report.findings)
      if (!newest.has(finding.id)) newest.set(finding.id, finding)
  const found = findById([...newest.values()], written)
  if (found.kind !== 'found')
    return unknownFinding(written, found.kind === 'several' ? found.ids : [])
  const { finding } = found
  if (finding.severity === 'critical') return criticalWords(finding.id)
  const result = await keepFact(needs, asked, {
    topic: DECISIONS_TOPIC,
    text: decisionText(finding, command.text ?? ''),
    // A line that was taken away stands nowhere any more.
    citation: finding.side === 'RIGHT' ? { path: finding.path, line: finding.line } : null,
    source: 'maintainer',
  })
  if (!result.ok) return refusedWords(result.refusal)
  await settleThread(needs, asked, finding)
  return dismissedWords(result.text, result.kept, pull.webUrl)
}

/** The thread about the finding is settled: somebody has decided. */
async function settleThread(
  { markerKeys }: AnswerNeeds,
  { job, pull }: Asked,
  finding: Finding,
): Promise<void> {
  const scope = { repositoryId: job.repository.id, pull: job.issue }
  const threads = (await pull.reader.ownThreads()).filter(
    ({ body, resolved }) =>
      !resolved && readMarkers(body, 'finding', scope, markerKeys).includes(finding.id),
  )
  if (threads.length === 0) return
  const writer = await pull.writer()
  for (const { id } of threads) await writer.resolveThread(id)
}
