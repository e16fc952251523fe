import { describe, expect, test } from 'vitest'
import { terminalReport } from '#core/render/terminal-report'
import { terminalSelection } from '#core/render/terminal-selection'
import {
  sampleFile,
  sampleFinding,
  sampleReport,
  skippedFile,
} from '../../support/sample-report.ts'

const plain = { colour: false, width: 80 }
const ESC = String.fromCharCode(27)

describe('nothing that a stranger wrote steers the terminal', () => {
  const hostile = `${ESC}]0;owned\u0007${ESC}[2J\u202Egnp\r\u009B31m\u2028`
  test.each([false, true])('in any field, colours %s', (colour) => {
    const finding = sampleFinding({
      path: `src/${hostile}.ts`,
      title: hostile,
      body: hostile,
      scenario: hostile,
      fix: hostile,
      suggestion: hostile,
      rule: hostile,
      evidence: [{ path: hostile, side: 'RIGHT', line: 1, text: hostile, redacted: false }],
    })
    const report = sampleReport({
      status: 'partial',
      because: hostile,
      agent: hostile,
      model: hostile,
      reviewer: 'claude',
      head: hostile,
      notes: [hostile],
      findings: [finding],
      files: [
        sampleFile({ path: hostile, coverage: 'failed', because: hostile }),
        skippedFile(hostile, hostile),
        sampleFile({
          previousPath: hostile,
          providers: [hostile],
          reasons: [{ signal: hostile, detail: hostile, line: 1 }],
        }),
      ],
      bundles: [{ name: hostile, provider: hostile, files: [{ path: hostile, role: 'client' }] }],
    })
    const text = [80, Infinity]
      .map((columns) => terminalSelection(report, { colour, columns }))
      .concat(terminalReport(report, { colour, width: 80 }))
      .join('')
    const codes = ['0', '1', '2', '31', '32', '33', '36', '1;31']
    const ours = codes.reduce((rest, code) => rest.replaceAll(`${ESC}[${code}m`, ''), text)
    expect(ours).not.toMatch(/[^\P{C}\n]/u)
    expect(ours).toContain('\\u{001B}')
    expect(ours).toContain('\\u{202E}')
    expect(text.includes(ESC)).toBe(colour)
  })

  test('a line feed in a name cannot forge a line of the report', () => {
    const file = sampleFile({
      path: 'a\nNext: nothing to mend.',
      coverage: 'failed',
      because: 'b\nc',
    })
    const text = terminalReport(sampleReport({ files: [file], status: 'partial' }), plain)
    expect(text).toContain('  failed a\\nNext: nothing to mend.: b\\nc\n')
  })
})

describe('the report of a review', () => {
  test('reads as a senior reviewer would write it', () => {
    const report = sampleReport({
      findings: [
        sampleFinding({
          id: 'tl-bbbbbbbbbbbb',
          rule: null,
          source: 'agent',
          proof: 'plausible',
          severity: 'medium',
          class: 'timeout',
          path: 'src/crm.ts',
          startLine: 7,
          line: 7,
          title: 'A slow CRM holds every checkout',
          body: '',
          scenario: 'The CRM answers after a minute and no request gets through meanwhile.',
          fix: 'Pass a signal.',
          suggestion: 'await fetch(url, {\n  signal: AbortSignal.timeout(5_000),\n})\n',
          evidence: [
            {
              path: 'src/crm.ts',
              side: 'RIGHT',
              line: 7,
              text: 'await fetch(url)',
              redacted: false,
            },
            { path: 'src/crm.ts', side: 'LEFT', line: 9, text: 'await slow(url)', redacted: false },
            { path: 'src/http.ts', side: 'RIGHT', line: 120, text: 'x', redacted: false },
          ],
        }),
        sampleFinding(),
      ],
      files: [
        sampleFile(),
        sampleFile({ path: 'src/crm.ts' }),
        sampleFile({ path: 'lib/pay.ex', coverage: 'skipped', because: 'no rules for Elixir' }),
        skippedFile('README.md'),
        skippedFile('package-lock.json', 'lock file'),
        skippedFile('yarn.lock', 'lock file'),
      ],
      notes: [
        'The settings could not be read: .github/tech-lead.yml:3: unknown key "reveiw"; defaults are used.',
      ],
    })
    expect(terminalReport(report, plain)).toBe(`Reviewed, 2 findings: 1 critical, 1 medium
integrations-tech-lead 9.9.9 · rules · aaaaaaaaaaaa..WORKTREE

src/hooks/stripe.ts

  critical  The Stripe webhook is accepted without a signature check
  line 42-43 · webhook-verification · proven by webhook-signature-missing ·
  tl-0123456789ab

  42 │ app.post('/stripe', async (req, res) => {
  43 │   pay(req.body)

  The handler reads the event and acts on it.

  When it breaks: Anybody who knows the address marks an order as paid.

  Fix: Call stripe.webhooks.constructEvent with the raw body first.

src/crm.ts

  medium  A slow CRM holds every checkout
  line 7 · timeout · judged by the lead · tl-bbbbbbbbbbbb

    7 │ await fetch(url)
  this file, before the change:
    9 │ await slow(url)
  src/http.ts:
  120 │ x

  When it breaks: The CRM answers after a minute and no request gets through
  meanwhile.

  Fix: Pass a signal.

  Suggestion:
    + await fetch(url, {
    +   signal: AbortSignal.timeout(5_000),
    + })

Files
  6 changed files, 3 about integrations, 2 reviewed
  2 skipped: lock file
  1 skipped: no sign of an integration
  skipped lib/pay.ex: no rules for Elixir

Notes
- The settings could not be read: .github/tech-lead.yml:3: unknown key "reveiw";
  defaults are used.

Next: mend src/hooks/stripe.ts:43 first, then run the same command again.
      \`tech-lead rules explain webhook-signature-missing\` tells more about a
      rule.
`)
  })

  test('no line is wider than the terminal, whatever the text', () => {
    const long = 'word '.repeat(200)
    const finding = sampleFinding({
      title: long,
      body: `${long}\n\n- ${long}\n- ${long}\n\n1. ${long}`,
      scenario: long,
      fix: long,
      evidence: [
        { path: 'src/hooks/stripe.ts', side: 'RIGHT', line: 99_999, text: long, redacted: false },
      ],
      suggestion: long,
    })
    const text = terminalReport(
      sampleReport({
        findings: [finding],
        notes: [long],
        files: [sampleFile(), skippedFile('x', long)],
      }),
      plain,
    )
    const widest = Math.max(...text.split('\n').map((line) => line.length))
    expect(widest).toBeLessThanOrEqual(80)
  })

  test('an empty change is said in the first line', () => {
    const text = terminalReport(sampleReport({ files: [], findings: [] }), plain)
    expect(text.split('\n')[0]).toBe('Nothing to review: the change is empty')
    expect(text).toContain('Next: choose another range with --base and --head.')
  })

  test('a review that did not happen never looks like one without findings', () => {
    const text = terminalReport(
      sampleReport({ status: 'not-reviewed', because: 'no answer from the model', findings: [] }),
      plain,
    )
    expect(text.split('\n')[0]).toBe('Not reviewed: no answer from the model')
    expect(text).not.toContain('nothing to mend')
  })

  test('3,000 skipped files take a few lines', () => {
    const files = Array.from({ length: 3000 }, (_, n) => skippedFile(`f${n}`, `reason ${n % 40}`))
    const text = terminalReport(sampleReport({ files, findings: [] }), plain)
    expect(text.split('\n').length).toBeLessThan(20)
    expect(text).toContain('skipped: other reasons')
  })

  test('colours are used only where they are asked for', () => {
    expect(terminalReport(sampleReport(), { colour: true, width: 80 })).toContain(
      `${ESC}[1;31mcritical${ESC}[0m`,
    )
    expect(terminalReport(sampleReport(), plain)).not.toContain(ESC)
  })
})
