import { describe, expect, test } from 'vitest'
import { terminalSelection } from '#core/render/terminal-selection'
import type { Report, ReportFile } from '#core/report/report'
import { sampleFile, sampleReport, skippedFile } from '../../support/sample-report.ts'

const reason = (signal: string, detail: string, line: number | null = null) => ({
  ...{ signal, detail, line },
})
const CHARGE = sampleFile({
  path: 'src/billing/charge.ts',
  score: 0.93,
  reasons: [
    reason('provider-sdk', 'stripe', 3),
    reason('provider-sdk', 'calls stripe.refunds.create', 41),
    reason('env-name', 'STRIPE_KEY', 7),
    reason('path', 'folder billing'),
  ],
})
const HOOK = sampleFile({
  path: 'src/billing/webhook.ts',
  score: 0.81,
  reasons: [
    reason('signature', 'constructEvent', 12),
    reason('signature', 'rawBody', 15),
    reason('imports-integration', 'uses src/billing/charge.ts, which imports stripe', 1),
  ],
})
const MAIL = sampleFile({
  path: 'src/mail.ts',
  previousPath: 'src/post.ts',
  score: 0.5,
  providers: [],
  reasons: [reason('mail', 'sendMail'), reason('front-end', 'runs in the browser')],
})
const NEAR: ReportFile = {
  ...skippedFile('test/charge.test.ts'),
  score: 0.4,
  reasons: [reason('provider-sdk', 'stripe', 1), reason('test', 'a test of src/billing/charge.ts')],
}

function reportOf(files: readonly ReportFile[], bundles: Report['bundles'] = []): Report {
  return sampleReport({
    ...{ status: 'not-reviewed', because: 'files only', findings: [] },
    ...{ files: [...files], bundles },
  })
}

const shown = (report: Report, columns = Number.POSITIVE_INFINITY) =>
  terminalSelection(report, { colour: false, columns })

describe('the list of files', () => {
  test('explains each decision in one line, what belongs together under one heading', () => {
    const files = [skippedFile('docs/guide.md', 'documentation'), MAIL, NEAR, HOOK, CHARGE]
    const bundle = {
      name: 'stripe, src/billing',
      provider: 'stripe',
      files: [
        { path: HOOK.path, role: 'handler' as const },
        { path: CHARGE.path, role: 'client' as const },
      ],
    }
    expect(shown(reportOf(files, [bundle]))).toBe(`5 changed files, 3 about integrations

stripe, src/billing
  0.81  handler  src/billing/webhook.ts  stripe: checks signatures: constructEvent (line 12) and rawBody (15), uses src/billing/charge.ts, which imports stripe (1)
  0.93  client   src/billing/charge.ts   stripe: imports stripe (line 3), calls stripe.refunds.create (41), reads STRIPE_KEY (7)

by themselves
  0.50  src/mail.ts (was src/post.ts)  handles mail: sendMail; runs in the browser

Skipped
  0.40  test/charge.test.ts  a test of src/billing/charge.ts: imports stripe (line 1)
        docs/guide.md        documentation
`)
  })

  test('needs no headings where nothing belongs together', () => {
    expect(shown(reportOf([CHARGE]))).toBe(`1 changed file, 1 about integrations

  0.93  src/billing/charge.ts  stripe: imports stripe (line 3), calls stripe.refunds.create (41), reads STRIPE_KEY (7)
`)
  })

  test.each([40, 80, 120])('has no row that is wider than %s columns', (columns) => {
    const deep = `${'packages/billing/'.repeat(8)}src/charge.ts`
    const report = reportOf([{ ...CHARGE, path: deep }, HOOK, skippedFile(`${deep}.md`, 'x')])
    const text = shown(report, columns)
    for (const line of text.split('\n').slice(1)) {
      expect(line.length, line).toBeLessThanOrEqual(columns)
    }
    expect(text).toContain('…')
    expect(text).toContain('charge.ts')
  })

  test('names another file by its own name where room is short', () => {
    expect(shown(reportOf([NEAR]), 70)).toContain(
      '  0.40  test/charge.test.ts  a test of …/charge.ts: imports stripe (l…\n',
    )
  })

  test('says of a file that fell short what spoke for it', () => {
    const short = { ...skippedFile('src/a.ts'), score: 0.31, reasons: [reason('host', 'x.com', 2)] }
    expect(shown(reportOf([short]))).toContain(
      '  0.31  src/a.ts  too little: talks to x.com (line 2)\n',
    )
  })

  test('is one line for each file, also when a name holds a line feed', () => {
    const odd = sampleFile({ path: 'a\nb\u202E.ts' })
    expect(shown(reportOf([odd]))).toContain('  0.93  a\\nb\\u{202E}.ts  stripe: ')
  })
})
