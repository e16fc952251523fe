import { anchoredRows } from '#core/agent/anchors'
import type { QuestionPart } from '#core/agent/build-question'
import { ANSWER_QUESTION } from '#core/agent/closing-tools'
import type { FileDiff } from '#core/diff/diff'
import { pullKey } from '#core/job/job'
import { askedAnswer, withoutModel } from '#core/render/question-answers'
import { redact } from '#core/text/redact'
import type { Answer, AnswerNeeds, Asked } from '#flow/answering'
import { askLead } from '#flow/ask-lead'
import { type Gathered, gather } from '#flow/gather'
import { select } from '#flow/select'

/** Answers a question about the pull request, with the lines that show it. */
export const answerAsk: Answer = async (needs, asked) => {
  const { job, pull, command } = asked
  const gathered = await gather(pull.reader.changes(), needs)
  const { contents, base, head } = gathered.snapshot
  const answer = await askLead(needs, job, {
    trusted: gathered,
    contents,
    closing: ANSWER_QUESTION,
    task: 'Answer the question about this pull request. Read what you need, then call answer_question.',
    parts: [
      ...(await partsOf(needs, asked, gathered)),
      { label: 'the question', text: command.text ?? '' },
    ],
    since: asked.since,
    signal: asked.signal,
  })
  if (answer.kind === 'none')
    return withoutModel(answer.because, 'Answering a question needs a model.', [
      '`/tech-lead explain <id>`, `matrix`, `inventory` and `diagram` work without one.',
    ])
  const [evidence = []] = answer.evidence
  return askedAnswer(answer.input, evidence, { webUrl: pull.webUrl, base, head })
}

/** Characters of the diff that stand in the prompt; the model can read every file. */
const MAX_DIFF = 50_000
const MAX_FILES = 200

/** The change and what was found in it. Titles and descriptions may be edited later: they stay out. */
async function partsOf(
  needs: AnswerNeeds,
  { job }: Asked,
  gathered: Gathered,
): Promise<readonly QuestionPart[]> {
  const { files } = gathered.snapshot
  const scope = await select(gathered)
  const [report] = await needs.reports.ofPull(pullKey({ ...job, pull: job.issue }))
  const findings = (report?.findings ?? []).map(
    ({ id, severity, path, line, title }) => `${id} ${severity} ${path}:${line} ${title}`,
  )
  const paths = files.map(({ path, change }) => `${change} ${path}`)
  return [
    { label: 'changed files', text: paths.slice(0, MAX_FILES).join('\n') },
    { label: 'the diff of the files about integrations', text: diffOf(scope.files, needs.secrets) },
    { label: 'findings of the last review', text: findings.join('\n') },
  ]
}

function diffOf(files: readonly FileDiff[], secrets: readonly string[]): string {
  const mask = (text: string) => redact(text, secrets).text
  const parts: string[] = []
  let left = MAX_DIFF
  for (const { path, hunks } of files) {
    const text = [`${path}:`, ...hunks.flatMap((hunk) => anchoredRows(hunk, mask))].join('\n')
    left -= text.length
    if (left < 0) break
    parts.push(text)
  }
  return parts.join('\n\n')
}
