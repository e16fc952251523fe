import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { html } from '#core/render/html'
import { htmlInline, htmlMarkdown } from '#core/render/html-markdown'
import { htmlReport } from '#core/render/html-report'
import {
  sampleFile,
  sampleFinding,
  sampleReport,
  skippedFile,
} from '../../support/sample-report.ts'

const HOSTILE =
  '"><script>alert(1)</script><img src=x onerror=alert(1)> ![a](https://evil.example/a.png) </style>\u202E'

describe('a page of a review', () => {
  test('asks for nothing outside itself: no script, no address, and only its own style', () => {
    const page = htmlReport(sampleReport())
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? ''
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(policy.replaceAll('&#39;', "'")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    )
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|svg|form)\b|url\(|@import|style="/)
  })

  test('no word of a stranger becomes markup, wherever it stands', () => {
    const finding = sampleFinding({
      path: HOSTILE,
      title: HOSTILE,
      body: HOSTILE,
      scenario: HOSTILE,
      fix: `\`\`\`\n${HOSTILE}\n\`\`\``,
      suggestion: HOSTILE,
      evidence: [{ path: HOSTILE, side: 'LEFT', line: 1, text: HOSTILE, redacted: false }],
    })
    const page = htmlReport(
      sampleReport({
        status: 'partial',
        because: HOSTILE,
        notes: [HOSTILE],
        files: [
          sampleFile({ path: HOSTILE, because: HOSTILE, coverage: 'failed' }),
          skippedFile(HOSTILE, HOSTILE),
        ],
        findings: [finding, sampleFinding({ title: HOSTILE })],
        learnings: [{ id: 'm-1', topic: HOSTILE, text: HOSTILE, citation: null }],
      }),
    )
    expect(page).not.toMatch(/<(?:script|img)\b/)
    expect(page).not.toContain('\u202E')
    expect(page.match(/<\/style>/g)).toHaveLength(1)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  test('says the verdict, each finding with its code, and each file with its coverage', () => {
    const page = htmlReport(
      sampleReport({
        files: [sampleFile(), skippedFile('yarn.lock', 'lock file')],
        findings: [
          sampleFinding({ id: 'tl-bbbbbbbbbbbb', severity: 'low', title: 'A small thing' }),
          sampleFinding(),
        ],
      }),
    )
    expect(page).toContain('<h1>Reviewed, 2 findings</h1>')
    expect(page).toContain('<li class="critical"><b>1</b> critical</li>')
    expect(page).toContain('<i>42</i><span>app.post(&#39;/stripe&#39;, async (req, res) =&gt; {')
    // The worst stands first, at a glance and in full.
    expect(page.indexOf('signature check')).toBeLessThan(page.indexOf('A small thing'))
    expect(page).toContain('<a href="#tl-0123456789ab">')
    expect(page).toContain('<td class="good">✓ reviewed</td><td class="number">0.93</td>')
    expect(page).toContain('<td class="quiet">– skipped</td><td class="number"></td><td>lock file')
  })

  test('never looks greener than the truth: what was not read stands above the findings', () => {
    const page = htmlReport(
      sampleReport({
        status: 'partial',
        because: 'the diff was cut',
        files: [sampleFile({ coverage: 'partial', because: 'cut after 3,000 lines' })],
      }),
    )
    expect(page).toContain('<h1>Reviewed 0 of 1, 1 finding</h1>')
    expect(page.indexOf('the diff was cut')).toBeLessThan(page.indexOf('<h2>Findings</h2>'))
    expect(page).toContain('<td class="medium">! partial</td>')
  })

  test('a thousand findings and ten thousand files are shown in part, and the rest is counted', () => {
    const findings = Array.from({ length: 1_200 }, (_, index) => sampleFinding({ line: index + 1 }))
    const files = Array.from({ length: 10_000 }, (_, index) =>
      skippedFile(`f${index}`, 'a picture'),
    )
    const page = htmlReport(sampleReport({ findings, files }))
    expect(page).toContain('and 200 more')
    expect(page).toContain('9000 more: a picture')
  })
})

describe('markdown of a rule or a model', () => {
  test('keeps its shape and loses what could act', () => {
    const shaped =
      '**a** `b` [c](https://x.example)\n\n- one\n- two\n\n```ts\nx < 1\n```\n\n<b>d</b>'
    expect(htmlMarkdown(shaped).markup).toBe(
      '<p><strong>a</strong> <code>b</code> c <code>https://x.example</code></p>' +
        '<ul><li><p>one</p></li><li><p>two</p></li></ul>' +
        '<pre><code>x &lt; 1</code></pre><p><code>&lt;b&gt;</code>d<code>&lt;/b&gt;</code></p>',
    )
  })

  test('a title stays in its line', () => {
    expect(htmlInline('# `a`\nb').markup).toBe('# `a` b')
    expect(htmlInline('`a`\nb').markup).toBe('<code>a</code> b')
  })

  test('values are text in an element and in an attribute', () => {
    expect(html`<i title="${`"'<&>`}">${['a<', html`<b>${1}</b>`]}</i>`.markup).toBe(
      '<i title="&quot;&#39;&lt;&amp;&gt;">a&lt;<b>1</b></i>',
    )
  })
})
