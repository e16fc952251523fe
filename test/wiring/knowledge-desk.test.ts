import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCatalog } from '#core/providers/catalog'
import { providerPage } from '#core/render/provider-page'
import { rulePage } from '#core/render/rule-page'
import { createScan } from '#scan/create-scan'
import { createKnowledgeDesk } from '#wiring/knowledge-desk'
import { HOME } from '#wiring/load-knowledge'
import { loadProviders } from '#wiring/load-providers'
import { loadRules } from '#wiring/load-rules'
import { testRules } from '#wiring/test-rules'
import { EXAMPLE_PROVIDERS } from '../support/rule-providers.ts'

const desk = createKnowledgeDesk('2026-11-22')

test('the examples of every shipped rule behave as they say, with the shipped provider facts', async () => {
  const { rules } = await loadRules(HOME)
  const examples = rules.flatMap((rule) => [...rule.examples.bad, ...rule.examples.good])
  expect(await desk.testRules(() => {})).toEqual({ passed: examples.length, failures: [] })
}, 60_000)

test('an example that its rule judges the other way is named', async () => {
  const { rules, matchers } = await loadRules(HOME)
  const rule = rules.find(({ id }) => id === 'credential-in-url')
  if (rule === undefined) throw new Error('the rule of this test is gone')
  const { bad, good } = rule.examples
  const swapped = { ...rule, examples: { bad: good.slice(0, 1), good: bad.slice(0, 1) } }
  const result = await testRules(createScan({ matchers }), {
    rules: [swapped],
    providers: EXAMPLE_PROVIDERS,
    catalog: createCatalog([], '2026-11-28'),
  })
  const shown = (list: typeof good) => `${list[0]?.path} (${list[0]?.language})`
  expect(result).toEqual({
    passed: 0,
    failures: [
      { id: 'credential-in-url', reason: `a bad example was not found: ${shown(good)}` },
      { id: 'credential-in-url', reason: `a good example was found: ${shown(bad)}` },
    ],
  })
}, 60_000)

test('a file that the scanner cannot read fails its example', async () => {
  const { rules } = await loadRules(HOME)
  const scan = {
    facts: async (sources: readonly { readonly path: string }[]) => ({
      facts: [],
      scanned: [],
      unsupported: [],
      failed: sources.map(({ path }) => ({ path, because: 'it took too long' })),
    }),
    secrets: async () => ({ hits: [], failed: [] }),
  }
  const { passed, failures } = await testRules(scan, {
    rules: rules.slice(0, 1),
    providers: EXAMPLE_PROVIDERS,
    catalog: createCatalog([], '2026-11-28'),
  })
  expect(passed).toBe(0)
  expect(failures[0]?.reason).toMatch(/: it took too long$/)
})

test('every rule is explained in prose that fits into 80 columns', async () => {
  const { rules } = await loadRules(HOME)
  expect(await desk.explainRule(rules[0]?.id ?? '')).not.toBeNull()
  for (const rule of rules) {
    const { id } = rule
    const page = rulePage(rule, 80)
    for (const part of ['Severity ', 'Languages ', 'What it finds', 'Why it matters', 'Fix'])
      expect(page, id).toContain(`\n${part}`)
    for (const part of ['References\n  https://', 'Found: ', 'Not found: '])
      expect(page, id).toContain(part)
    // Code is set in by four columns and stays as it is; an address cannot be broken.
    const prose = page.split('\n').filter((line) => !/^ {4}|https:\/\//.test(line))
    expect(prose.filter((line) => line.length > 80)).toEqual([])
    expect(prose.join('\n')).not.toMatch(/\{[a-z]+\}/)
  }
})

test('every provider is explained in 80 columns', async () => {
  const read = await loadProviders(join(HOME, 'providers'))
  if (!read.ok) throw new Error('the packs cannot be read')
  for (const provider of read.value) {
    const lines = providerPage(provider, '2026-11-22', 80).split('\n')
    expect(lines.filter((line) => line.length > 80 && !line.includes('https://'))).toEqual([])
  }
  expect(await desk.explainProvider('stripe')).toContain('\n  [1] https://')
})

test('the providers of one category are listed with the number of their known facts', async () => {
  const payments = await desk.providers('payments')
  expect(payments.map(({ columns }) => columns[0])).toEqual(payments.map(() => 'payments'))
  expect(payments.find(({ id }) => id === 'stripe')?.columns[1]).toMatch(/^\d+ facts$/)
  expect((await desk.providers(null)).length).toBeGreaterThan(payments.length)
  await expect(desk.providers('payment')).rejects.toThrow(
    /^There is no category "payment"\. Categories: payments, crm, /,
  )
})

test('what is not there is null', async () => {
  expect(await desk.explainRule('nope')).toBeNull()
  expect(await desk.explainProvider('nope')).toBeNull()
})

test('the agent files are checked: those that are shipped, or those that are named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tech-lead-agents-'))
  const file = join(folder, 'mine.md')
  await writeFile(file, '---\nname: Mine!\ndescription: Reviews.\n---\nReview.\n')
  expect(await desk.checkAgents([])).toEqual([])
  expect(await desk.checkAgents([file, join(folder, 'gone.md')])).toEqual([
    { file, line: 2, reason: expect.stringMatching(/^name: /) },
    { file: join(folder, 'gone.md'), line: null, reason: 'cannot be read: there is no such file' },
  ])
  await rm(folder, { recursive: true })
})
