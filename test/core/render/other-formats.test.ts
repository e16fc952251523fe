import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { jsonReport } from '#core/render/json-report'
import { markdownReport } from '#core/render/markdown-report'
import { sarifReport } from '#core/render/sarif-report'
import { Report } from '#core/report/report'
import {
  sampleFile,
  sampleFinding,
  sampleReport,
  skippedFile,
} from '../../support/sample-report.ts'

/** The standard's own: https://github.com/oasis-tcs/sarif-spec, sarif-2.1/schema. */
const SARIF_SCHEMA = new URL('../../fixtures/sarif-schema-2.1.0.json', import.meta.url)
const fitsSarif = new Ajv({ strict: false, logger: false, unicodeRegExp: false }).compile(
  JSON.parse(readFileSync(SARIF_SCHEMA, 'utf8')),
)

describe('JSON', () => {
  test('gives back the very report and fits its schema', () => {
    const odd = sampleReport({ files: [sampleFile({ path: 'a\n\u202E"\u009B\uFEFF.ts' })] })
    const text = jsonReport(odd)
    expect(Report.parse(JSON.parse(text))).toEqual(odd)
  })

  test('holds no character that a terminal would obey', () => {
    const text = jsonReport(sampleReport({ notes: ['\u001B[2J\u009B\u202E\u2028\u007F'] }))
    expect(text).not.toMatch(/[^\n -~]/)
    expect(text).toContain('\\u001b[2J\\u009b\\u202e\\u2028\\u007f')
  })
})

describe('markdown', () => {
  test('is a job summary: verdict, findings with their lines, files, reasons', () => {
    const text = markdownReport(
      sampleReport({ files: [sampleFile(), skippedFile('yarn.lock', 'lock file')] }),
    )
    expect(text).toContain('## Reviewed, 1 finding\n\n1 critical.\n')
    expect(text).toContain('### `src/hooks/stripe.ts`\n\nLine 43\n\n```\n42 │ app.post')
    expect(text).toContain('**When it breaks:** Anybody who knows the address')
    expect(text).toContain('| `src/hooks/stripe.ts` | reviewed | 0.93 | `imports stripe` |')
    expect(text).toContain('- 1 skipped: `lock file`')
  })

  test('a name or a reason cannot break out of its place', () => {
    const hostile = '` | <img src=x onerror=alert(1)> ![x](https://evil.example/a.png)\n# forged'
    const text = markdownReport(
      sampleReport({
        status: 'partial',
        because: hostile,
        notes: [hostile],
        files: [
          sampleFile({ path: hostile, coverage: 'failed', because: hostile }),
          skippedFile('x', hostile),
        ],
        findings: [sampleFinding({ path: hostile, title: hostile })],
      }),
    )
    expect(text).not.toMatch(/^# forged/m)
    expect(text.replaceAll(/(`+)[^`].*?\1(?!`)/g, '')).not.toContain('https://evil.example')
  })

  test('stays below the limit of a job summary', () => {
    const findings = Array.from({ length: 3000 }, () => sampleFinding({ body: 'x'.repeat(2000) }))
    const text = markdownReport(sampleReport({ findings }))
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
    expect(text).toContain('`--format json` has all of it')
  })
})

describe('SARIF', () => {
  const parse = (report: Report) => JSON.parse(sarifReport(report)).runs[0]

  test('names the rule, the level, the region and the fingerprint of each finding', () => {
    const run = parse(
      sampleReport({
        findings: [
          sampleFinding({ path: 'src/ä b#%.ts' }),
          sampleFinding({ id: 'tl-aaaaaaaaaaaa', rule: null, source: 'agent', severity: 'low' }),
        ],
      }),
    )
    expect(run.tool.driver).toMatchObject({ name: 'integrations-tech-lead', version: '9.9.9' })
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
      'lead/webhook-verification',
      'webhook-signature-missing',
    ])
    expect(run.results[0]).toMatchObject({
      ruleId: 'webhook-signature-missing',
      ruleIndex: 1,
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'src/%C3%A4%20b%23%25.ts', uriBaseId: '%SRCROOT%' },
            region: { startLine: 42, endLine: 43 },
          },
        },
      ],
      partialFingerprints: { primaryLocationLineHash: 'tl-0123456789ab' },
    })
    expect(run.results[1]).toMatchObject({
      ruleId: 'lead/webhook-verification',
      ruleIndex: 0,
      level: 'note',
    })
  })

  test('fits the schema of SARIF 2.1.0, whatever the report says', () => {
    const odd = [
      sampleFinding({ path: 'src/ä b#%.ts', provider: 'stripe', suggestion: 'x' }),
      sampleFinding({ id: 'tl-aaaaaaaaaaaa', rule: null, source: 'agent', severity: 'low' }),
      sampleFinding({ id: 'tl-bbbbbbbbbbbb', side: 'LEFT', placement: 'summary' }),
      sampleFinding({ id: 'tl-cccccccccccc', preExisting: true, placement: 'file' }),
    ]
    const reports = [
      sampleReport({}),
      sampleReport({ findings: odd, notes: ['a note'], status: 'partial', because: 'one was cut' }),
      sampleReport({
        findings: [],
        files: [skippedFile('yarn.lock', 'lock file')],
        status: 'not-reviewed',
        because: 'files only',
      }),
    ]
    for (const report of reports) {
      expect(fitsSarif(JSON.parse(sarifReport(report))), JSON.stringify(fitsSarif.errors)).toBe(
        true,
      )
    }
    expect(fitsSarif({ ...JSON.parse(sarifReport(sampleReport({}))), version: '2.2' })).toBe(false)
  })

  test('a line that only the base has is named in words, for the head has no such region', () => {
    const [result] = parse(sampleReport({ findings: [sampleFinding({ side: 'LEFT' })] })).results
    expect(result.locations[0].physicalLocation).not.toHaveProperty('region')
    expect(result.message.text).toContain('(line 43 before the change)')
  })

  test('an incomplete review is no successful run, and says why', () => {
    const run = parse(
      sampleReport({
        status: 'partial',
        because: 'one file failed',
        files: [sampleFile({ coverage: 'failed', because: 'too deep' })],
        findings: [],
      }),
    )
    expect(run.invocations[0].executionSuccessful).toBe(false)
    expect(
      run.invocations[0].toolExecutionNotifications.map(
        (n: { message: { text: string } }) => n.message.text,
      ),
    ).toEqual(['one file failed', 'src/hooks/stripe.ts: too deep'])
    expect(run.results).toEqual([])
  })
})
