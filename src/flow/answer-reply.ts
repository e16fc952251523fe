import { WEIGH_OBJECTION } from '#core/agent/closing-tools'
import { mayCommand } from '#core/command/command'
import { findById } from '#core/findings/find-by-id'
import type { Finding } from '#core/findings/finding'
import { jobKey, pullKey } from '#core/job/job'
import { DECISIONS_TOPIC, decisionText } from '#core/memory/decision'
import { Problem } from '#core/problem'
import { marker, readMarkers } from '#core/render/marker'
import { notWeighed, weighedAnswer } from '#core/render/question-answers'
import { clip } from '#core/text/lines'
import { redact } from '#core/text/redact'
import type { AnswerNeeds, CommandJob } from '#flow/answering'
import { askLead } from '#flow/ask-lead'
import { gather } from '#flow/gather'
import { keepFact } from '#flow/keep-fact'
import { overCommandLimit } from '#flow/limit-commands'
import type { OwnThread, PullRequest } from '#flow/pull-request-port'
import { sayOnce } from '#flow/say-once'

/** A reply of a person in a thread of ours. */
interface Reply {
  readonly job: CommandJob
  readonly pull: PullRequest
  readonly text: string
  readonly since: number
}

/**
 * Weighs what a maintainer says against a finding, once in each thread: the finding is withdrawn
 * with the reason, or stands with new evidence. It never argues twice, and nobody else's words are
 * weighed: they stay a talk between people.
 */
export async function answerReply(needs: AnswerNeeds, reply: Reply): Promise<string> {
  const { job, pull } = reply
  const scope = { repositoryId: job.repository.id, pull: job.issue }
  const permission = await pull.reader.permission(job.login)
  if (!mayCommand('review', job, { permission, trustedBots: [] }))
    return `${job.login} may not object here`
  const thread = (await pull.reader.ownThreads()).find((one) => one.commentId === job.root)
  if (thread === undefined) return 'the thread is not ours'
  const [id] = readMarkers(thread.body, 'finding', scope, needs.markerKeys)
  if (id === undefined) return 'the thread is about no finding'
  const record = needs.answers.of(jobKey(job))
  const weighed = await record.words()
  const obstacle = weighed === null ? await obstacleTo(needs, job, thread) : null
  if (obstacle !== null) return obstacle
  const words = weighed ?? (await record.freeze(await weigh(needs, reply, { id, thread })))
  if (words === '') return 'it was no objection'
  if (!(await isFirst(needs, job))) return 'another reply in this thread is answered'
  await sayOnce(needs, pull, { ...job, record, scope }, async () => words)
  if (!readMarkers(words, 'weighed', scope, needs.markerKeys).includes(`${id}-withdrawn`))
    return 'weighed'
  // The thread is closed last: a try after a crash in between still finds its work here.
  await rememberDecision(needs, reply, id)
  await settle(pull, thread)
  return 'withdrawn'
}

/** Why a reply is not weighed that was not weighed before; null where nothing speaks against it. */
async function obstacleTo(
  needs: AnswerNeeds,
  job: CommandJob,
  { resolved, replies }: OwnThread,
): Promise<string | null> {
  if (resolved) return 'the thread is settled'
  const scope = { repositoryId: job.repository.id, pull: job.issue }
  const isAnswer = (body: string) =>
    readMarkers(body, 'weighed', scope, needs.markerKeys).length > 0
  if (replies.some(isAnswer)) return 'one answer was given in this thread'
  return (await overCommandLimit(needs, job)) === null ? null : 'too many replies'
}

/** Of replies that are weighed at the same time, the first to be ready is the one that is answered. */
async function isFirst(needs: AnswerNeeds, job: CommandJob): Promise<boolean> {
  const place = pullKey({ ...job, pull: job.issue })
  const first = await needs.answers.of(`${place}/weighed-${job.root}`).freeze(String(job.commentId))
  return first === String(job.commentId)
}

/** The words of the answer with a marker that says how it ended; none where there is no objection. */
async function weigh(
  needs: AnswerNeeds,
  { job, pull, text, since }: Reply,
  { id, thread }: { readonly id: string; readonly thread: OwnThread },
): Promise<string> {
  if (isThanks(text)) return ''
  const scope = { repositoryId: job.repository.id, pull: job.issue }
  const marked = (words: string, ending: 'withdrawn' | 'stands' | 'unweighed') =>
    `${redact(words, needs.secrets).text}\n\n${marker('weighed', `${id}-${ending}`, scope, needs.markerKeys)}`
  const finding = await findingOf(needs, job, id)
  const gathered = await gather(pull.reader.changes(), needs)
  const { contents, base, head } = gathered.snapshot
  const { signal } = needs.answers.of(jobKey(job))
  const answer = await askLead(needs, job, {
    ...{ trusted: gathered, contents, closing: WEIGH_OBJECTION, since, signal },
    task: 'A maintainer replied to a finding. Read the code that it is about, and what the reply names, then call weigh_objection. Withdraw when the code or a fact that you can check shows that the maintainer is right, or when it is their decision to take and nothing speaks against it. Stand only with lines that show that it fails. Politeness is no argument, and neither is insistence.',
    parts: [
      { label: 'the finding', text: finding === null ? thread.body : findingText(finding) },
      { label: 'the reply', text },
    ],
  })
  if (answer.kind === 'none') return marked(notWeighed(id, answer.because), 'unweighed')
  const { verdict } = answer.input
  const [evidence = []] = answer.evidence
  if (verdict === 'no-objection') return ''
  // Without a line that shows it, a finding does not stand against a maintainer's word.
  const decided = verdict === 'stand' && evidence.length > 0 ? 'stand' : 'withdraw'
  if (decided !== verdict)
    return marked(notWeighed(id, 'I found no line that shows it.'), 'unweighed')
  const at = { webUrl: pull.webUrl, base, head }
  const critical = finding?.severity === 'critical'
  const said = weighedAnswer({ ...answer.input, id }, evidence, at, critical)
  return marked(said, decided === 'stand' ? 'stands' : 'withdrawn')
}

async function findingOf(needs: AnswerNeeds, job: CommandJob, id: string): Promise<Finding | null> {
  const reports = await needs.reports.ofPull(pullKey({ ...job, pull: job.issue }))
  const found = findById(reports[0]?.findings ?? [], id)
  return found.kind === 'found' ? found.finding : null
}

/**
 * A maintainer said it and the code agrees: that is a decision, and the memory's gates say whether
 * it is kept. Nothing accepts a critical finding.
 */
async function rememberDecision(
  needs: AnswerNeeds,
  { job, pull, text }: Reply,
  id: string,
): Promise<void> {
  const finding = await findingOf(needs, job, id)
  if (finding === null || finding.severity === 'critical') return
  const { path, line, side } = finding
  await keepFact(
    needs,
    { job, pull },
    {
      topic: DECISIONS_TOPIC,
      text: decisionText(finding, clip(text.replaceAll(/\s+/g, ' ').trim(), MAX_REASON)),
      citation: side === 'RIGHT' ? { path, line } : null,
      source: 'maintainer',
    },
  )
}

/** An entry of the memory has 400 characters at most, with rule and path. */
const MAX_REASON = 200

function findingText({
  title,
  severity,
  path,
  line,
  body,
  scenario,
  fix,
  evidence,
}: Finding): string {
  const lines = evidence.map((one) => `${one.path}:${one.line} ${one.text}`)
  return [title, `${severity}, ${path}:${line}`, body, scenario, fix, ...lines].join('\n')
}

const THANKS =
  /^(?:thanks?(?: you| a lot)?|thx|ty|done|fixed|ok(?:ay)?|good (?:catch|point|find)|will (?:do|fix)|nice|agreed|\+1|👍|🙏|✅)[\s.!]*$/iu

/** Words that only people who agree write: no question is worth asking about them. */
function isThanks(text: string): boolean {
  return THANKS.test(text.trim())
}

/** Best effort: a thread that stays open harms nobody. */
async function settle(pull: PullRequest, thread: OwnThread): Promise<void> {
  try {
    await (await pull.writer()).resolveThread(thread.id)
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure
  }
}
