import { describe, expect, test } from 'vitest'
import { entryId } from '#core/memory/memory-entry'
import { Plan } from '#core/plan/plan'
import { type MarkerKeys, marker, readMarkers } from '#core/render/marker'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { type PlanInput, planReview } from '#flow/plan-review'
import type { OwnThread } from '#flow/pull-request-port'
import { finding, report, reportFile } from '../support/builders.ts'
import { pullState } from './fake-pull.ts'

const KEYS: MarkerKeys = [new TextEncoder().encode('a marker key of the tests')]
const SCOPE = { repositoryId: 7, pull: 12 }
const ID = 'tl-0123456789ab'
const SECRET = 'the webhook secret of this process'

const plan = (more: Partial<PlanInput> = {}) => {
  const made = planReview({
    ...{ report: report({ findings: [finding()] }), state: pullState(), threads: [], others: [] },
    ...{ learnings: [], settings: DEFAULT_SETTINGS, webUrl: 'https://github.com/acme/shop' },
    ...{ scope: SCOPE, markerKeys: KEYS, commented: false, asked: false, secrets: [SECRET] },
    complaints: [],
    knownFacts: new Set<string>(),
    totalFiles: more.report?.files.length ?? 1,
    ...more,
  })
  return Plan.parse({ ...made, memoryEdits: [] })
}

const thread = (more: Partial<OwnThread> = {}): OwnThread => ({
  ...{
    id: 'T1',
    commentId: 31,
    path: 'src/a.ts',
    resolved: false,
    resolvedByUs: false,
    answered: false,
    replies: [],
  },
  body: `said\n\n${marker('finding', ID, SCOPE, KEYS)}`,
  ...more,
})

test('each finding is said in exactly one place besides summary and check', () => {
  const findings = [
    finding({ id: 'tl-000000000001', placement: 'line' }),
    finding({ id: 'tl-000000000002', placement: 'file' }),
    finding({ id: 'tl-000000000003', placement: 'summary' }),
  ]
  const made = plan({ report: report({ findings }) })
  expect(made.review?.comments.map((one) => one.finding)).toEqual(['tl-000000000001'])
  expect(made.fileComments.map((one) => one.finding)).toEqual(['tl-000000000002'])
  for (const { id } of findings) {
    expect(made.summary.body).toContain(id)
    expect(made.check.summary).toContain(id)
  }
})

test('the body without comments holds in full what had a line', () => {
  const made = plan()
  expect(made.review?.bodyWithoutComments).toContain('the retry charges it again')
  expect(made.review?.bodyWithoutComments).toContain('src/a.ts:3')
})

test('a range keeps its start, one line has none', () => {
  const findings = [finding({ startLine: 2, line: 4 }), finding({ id: 'tl-00000000000f' })]
  const comments = plan({ report: report({ findings }) }).review?.comments
  expect(comments?.map(({ startLine, line }) => [startLine, line])).toEqual([
    [2, 4],
    [null, 3],
  ])
})

test('a comment carries a marker that only we can make, and one more when the agent judged', () => {
  const bodyOf = (source: 'rule' | 'agent') =>
    plan({ report: report({ findings: [finding({ source })] }) }).review?.comments[0]?.body ?? ''
  expect(readMarkers(bodyOf('rule'), 'finding', SCOPE, KEYS)).toEqual([ID])
  expect(readMarkers(bodyOf('rule'), 'judged', SCOPE, KEYS)).toEqual([])
  expect(readMarkers(bodyOf('agent'), 'judged', SCOPE, KEYS)).toEqual([ID])
})

describe('what a rule guesses', () => {
  const GUESS = { severity: 'low', proof: 'plausible', placement: 'summary' } as const

  test('stands in the check, and begins no conversation alone', () => {
    const made = plan({ report: report({ findings: [finding(GUESS)] }) })
    expect(made.review).toBeNull()
    expect(made.summary).toMatchObject({ create: false })
    expect(made.check.summary).toContain('guessed by rule')
  })

  test('is said where somebody waits for an answer, or where there is a conversation', () => {
    const findings = [finding(GUESS)]
    expect(plan({ report: report({ findings }), asked: true }).summary.create).toBe(true)
    expect(plan({ report: report({ findings }), commented: true }).summary.update).toBe(true)
  })

  test('begins one where the repository wants low findings on lines, or fails the check for them', () => {
    const onLine = report({ findings: [finding({ ...GUESS, placement: 'line' })] })
    expect(plan({ report: onLine }).summary.create).toBe(true)
    const strict = structuredClone(DEFAULT_SETTINGS)
    strict.review.fail_check_at = 'low'
    const failing = plan({ report: report({ findings: [finding(GUESS)] }), settings: strict })
    expect([failing.check.conclusion, failing.summary.create]).toEqual(['failure', true])
  })

  test('is listed beside what is sure', () => {
    const findings = [finding(), finding({ ...GUESS, id: 'tl-00000000000f' })]
    const made = plan({ report: report({ findings }) })
    expect(made.summary).toMatchObject({ create: true })
    expect(made.summary.body).toContain('tl-00000000000f')
  })

  test.each([
    ['the agent', { ...GUESS, source: 'agent' }],
    ['a check that proves it', { ...GUESS, proof: 'proven' }],
  ] as const)('is no guess when %s says it', (_, more) => {
    const made = plan({ report: report({ findings: [finding(more)] }) })
    expect(made.summary).toMatchObject({ create: true })
  })
})

describe('what was said before', () => {
  test('is not said again', () => {
    const made = plan({ threads: [thread()] })
    expect([made.review, made.resolve]).toEqual([null, []])
    expect(made.summary).toMatchObject({ create: true })
  })
  test('and is gone is settled', () => {
    const made = plan({ report: report(), threads: [thread()], commented: true })
    expect(made.resolve).toEqual(['T1'])
    expect(made.summary.body).toContain(`Settled since the last push: \`${ID}\``)
    expect(made.summary).toMatchObject({ create: false, update: true })
  })
  test('by somebody else on the same line is listed and not said there again', () => {
    const at = { path: 'src/a.ts', side: 'RIGHT', startLine: 3, line: 3 } as const
    const others = [{ ...at, author: 'ada', body: 'This needs an idempotency key.' }]
    const made = plan({ others })
    expect(made.review).toBeNull()
    expect(made.report.findings).toMatchObject([{ id: ID, placement: 'summary' }])
    expect(made.report.notes.at(-1)).toContain('because ada has said it there')
    expect(made.summary).toMatchObject({ create: true })
    // What has a thread of ours already stays as it is.
    expect(plan({ others, threads: [thread()] }).report.notes).toEqual([])
  })
  test('with a forged or foreign marker counts for nothing', () => {
    const foreign = marker('finding', ID, { repositoryId: 7, pull: 13 }, KEYS)
    const forged = `<!-- tech-lead:finding ${ID} ${'0'.repeat(32)} -->`
    for (const body of [foreign, forged]) {
      expect(plan({ threads: [thread({ body })] }).review?.comments).toHaveLength(1)
    }
  })
  test('by the agent is not settled by a review of the rules alone', () => {
    const body = `${marker('finding', ID, SCOPE, KEYS)}\n${marker('judged', ID, SCOPE, KEYS)}`
    const rules = report({ reviewer: 'rules' })
    const claude = report({ reviewer: 'claude', model: 'm' })
    expect(plan({ report: rules, threads: [thread({ body })] }).resolve).toEqual([])
    expect(plan({ report: claude, threads: [thread({ body })] }).resolve).toEqual(['T1'])
  })
  test.each(['partial', 'failed'] as const)('on a file that was %s is not settled', (coverage) => {
    const files = [reportFile('src/a.ts', { coverage, because: 'x' })]
    const made = plan({ report: report({ files, status: 'partial' }), threads: [thread()] })
    expect(made.resolve).toEqual([])
  })
  test('on a file that was renamed and not read is not settled under its old name', () => {
    const files = [
      reportFile('src/b.ts', { previousPath: 'src/a.ts', coverage: 'failed', because: 'x' }),
    ]
    const made = plan({ report: report({ files, status: 'partial' }), threads: [thread()] })
    expect(made.resolve).toEqual([])
  })
  test('on a file beyond the list that GitHub cut is not settled', () => {
    const files = [reportFile('src/z.ts')]
    const cut = plan({ report: report({ files }), threads: [thread()], totalFiles: 4_200 })
    expect(cut.resolve).toEqual([])
    expect(plan({ report: report({ files }), threads: [thread()] }).resolve).toEqual(['T1'])
  })
})

test('no finding and nobody who asked: the check alone', () => {
  const made = plan({ report: report() })
  expect([made.review, made.fileComments, made.summary.create]).toEqual([null, [], false])
})

test('who asked is answered, and a review that is not whole is told', () => {
  expect(plan({ report: report(), asked: true }).summary.create).toBe(true)
  expect(plan({ report: report({ status: 'partial', because: 'x' }) }).summary.create).toBe(true)
})

test('no secret leaves in any text, whatever carried it, and no marker is lost', () => {
  const leaks = `${SECRET} ghs_424242_eyJhbGciOiJFUzI1NiJ9.${'a'.repeat(40)}.${'b'.repeat(40)}`
  const dirty = finding({ title: leaks, path: `src/${SECRET}.ts`, body: leaks, fix: leaks })
  const files = [reportFile(`src/${SECRET}.ts`, { coverage: 'partial', because: leaks })]
  const findings = [dirty, { ...dirty, id: 'tl-00000000000f', placement: 'file' as const }]
  const made = plan({
    report: report({ findings, files, status: 'not-reviewed', because: leaks, notes: [leaks] }),
  })
  const { report: _, ...posted } = made
  const texts = [
    ...[posted.summary.body, posted.check.title, posted.check.summary],
    ...[posted.review?.body, posted.review?.bodyWithoutComments],
    ...(posted.review?.comments ?? []).map((one) => one.body),
    ...posted.fileComments.map((one) => one.body),
  ]
  for (const text of texts) {
    expect(text).not.toContain(SECRET)
    expect(text).not.toContain('ghs_')
  }
  expect(readMarkers(posted.review?.comments[0]?.body ?? '', 'finding', SCOPE, KEYS)).toEqual([ID])
})

test('a private key that never ends cannot swallow the marker', () => {
  const body = '-----BEGIN RSA PRIVATE KEY-----\nMIIE'
  const made = plan({ report: report({ findings: [finding({ body })] }) })
  const said = made.review?.comments[0]?.body ?? ''
  expect([readMarkers(said, 'finding', SCOPE, KEYS), said.includes('MIIE')]).toEqual([[ID], false])
})

test('thousands of hostile findings and files still make a plan that GitHub takes', () => {
  const wide = '🚀'.repeat(900)
  const findings = Array.from({ length: 400 }, (_, i) =>
    finding({
      ...{ id: `tl-${i.toString(16).padStart(12, '0')}`, path: `${wide}/${i}.ts`, title: wide },
      ...{ body: wide, placement: i < 15 ? 'line' : 'summary' },
    }),
  )
  const files = Array.from({ length: 3_000 }, (_, i) => reportFile(`${wide}/${i}.ts`))
  const notes = Array.from({ length: 500 }, () => wide)
  const made = plan({ report: report({ findings, files, notes }) })
  const bodies = [made.summary.body, made.check.summary, made.review?.bodyWithoutComments ?? '']
  for (const body of bodies) {
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(60_500)
    expect(body.isWellFormed()).toBe(true)
  }
  for (const body of bodies.slice(0, 2)) expect(body).toContain('more, not graver than these')
  expect(made.summary.body).toContain('rules only')
})

test('a fact that the memory holds already is not told again, and still confirmed', () => {
  const text = 'Stripe is called through `stripe`.'
  const learning = {
    topic: 'stripe',
    text,
    citation: null,
    anchor: null,
    source: 'inventory',
    when: 'now',
  } as const
  const told = plan({ learnings: [learning] })
  const known = plan({ learnings: [learning], knownFacts: new Set([entryId(text)]) })
  expect([told.summary.body.includes(text), known.summary.body.includes(text)]).toEqual([
    true,
    false,
  ])
  expect(known.learnings).toHaveLength(1)
})

test('what is wrong with the settings stands on its line, and no secret with it', () => {
  const file = '.github/tech-lead.yml'
  const complaints = [
    { file, line: 3, reason: `unknown key "${SECRET}"` },
    { file, line: null, reason: 'larger than 64 KB' },
  ]
  expect(plan({ complaints }).check.annotations).toEqual([
    { path: file, line: 3, message: 'unknown key "•••"; the default settings are used' },
    { path: file, line: 1, message: 'larger than 64 KB; the default settings are used' },
  ])
})
