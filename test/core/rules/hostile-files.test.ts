import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { codeOf } from '#core/rules/code'
import { runRules } from '#core/rules/run-rules'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { createScan } from '#scan/create-scan'
import { loadRules } from '#wiring/load-rules'
import { EXAMPLE_PROVIDERS } from '../../support/rule-providers.ts'

const { rules, matchers } = await loadRules(fileURLToPath(new URL('../../..', import.meta.url)))
const scan = createScan({ matchers })

/** Half a megabyte each, the most that is scanned. */
const FILES: Readonly<Record<string, string>> = {
  'comparisons of signatures': 'if (signature === expected) a(signature)\n'.repeat(12_000),
  'calls of a client': `import axios from 'axios'\n${"axios.get('https://a.io/', { b: c })\n".repeat(13_000)}`,
  'dates in statements': `async function f(){\n${"const a = new Date().toISOString()\nawait db.query(`select * from t where d = '${a}' and e = '${b}'`)\n".repeat(4_500)}}\n`,
  imports: "import { a as b } from './m'\n".repeat(17_000),
  'webhook handlers':
    "app.post('/webhooks/stripe', (req, res) => { x(req.body); res.end() })\n".repeat(6_500),
  'a chain in a handler that only logs': `import express from 'express'
const app = express()
app.post('/webhooks/stripe', express.json(), (req, res) => {
  console.log('an event', req.body.type)
  const a = b${'.a\n'.repeat(30_000)}
  res.end()
})
`,
  'handlers in handlers': `${"app.post('/webhooks/stripe', (req, res) => { req.body; ".repeat(300)}${'})'.repeat(300)}`,
  'calls in calls': `import axios from 'axios'\n${'axios.get({ a: '.repeat(1_000)}1${' })'.repeat(1_000)}`,
  'log lines': 'console.log(`a b c`, { d: e, f: g }, headers)\n'.repeat(10_000),
  'loops in loops': `import axios from 'axios'\n${'while (true) { try { axios.get(x) } catch {}\n'.repeat(400)}${'}'.repeat(400)}`,
  'one assignment': `const event = ${'a.'.repeat(200_000)}b\nif (signature === event) {}\n`,
  'open brackets': `foo(${'({['.repeat(100_000)}`,
  // Judgements that read functions as text look at files of this length at most.
  'pages in functions':
    'async function f() { const a = await fetch(`https://a.io/?limit=100`); return a.items.map(b) }\n'.repeat(
      820,
    ),
  'changed numbers':
    `async function f() {\n${'item = await get(x); item.qty = item.qty + 1\n'.repeat(260)}}\n`.repeat(
      6,
    ),
  'saved positions':
    `async function f() {\n${'cursor = await save(cursor, page.next(((\n'.repeat(280)}}\n`.repeat(
      6,
    ),
  'empty lines': `async function f() {\n${'\n'.repeat(11_900)}}\n`.repeat(6),
  blanks: `import axios from 'axios'\naxios.get(${' '.repeat(400_000)}'x')\nconst x =${' '.repeat(90_000)}1\n`,
}

test.each(Object.entries(FILES))(
  'a file full of %s is judged within seconds',
  async (_, text) => {
    expect(text.length).toBeLessThan(500_000)
    const source = { path: 'src/hostile.ts', text }
    const { facts } = await scan.facts([source])
    // Of this thread alone: other work on the machine must not count.
    const started = process.threadCpuUsage()
    runRules(
      {
        code: codeOf([source], facts),
        secrets: new Map(),
        rules,
        providers: EXAMPLE_PROVIDERS,
        settings: DEFAULT_SETTINGS,
      },
      [source.path],
    )
    const { user, system } = process.threadCpuUsage(started)
    // The dearest takes under two seconds, in proportion to its length; with its square it is a minute.
    expect((user + system) / 1_000).toBeLessThan(5_000)
  },
  60_000,
)
