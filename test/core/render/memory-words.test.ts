import { expect, test } from 'vitest'
import { memoryOutcome, memorySection, notesOf, silencedList } from '#core/render/memory-words'
import { NO_MEMORY, type ReportMemory } from '#core/report/report'
import { report } from '../../support/builders.ts'

const WEB = 'https://github.com/acme/shop'
const silenced: ReportMemory['silenced'][number] = {
  ...{ rule: 'call-without-timeout', class: 'timeout', severity: 'medium', path: 'src/`a`.ts' },
  ...{ line: 4, title: 'no limit', entry: 'm-00000001', by: 'lena' },
  reason: 'the <b>proxy</b> stops it, says @team',
}

test('each silenced finding is said with the entry that can be forgotten, and as text', () => {
  const said = silencedList({ ...NO_MEMORY, silenced: [silenced] }, WEB)
  expect(said).toContain('1 finding silenced by the memory; `/tech-lead forget <id>`')
  expect(said).toContain('`call-without-timeout` at ``src/`a`.ts:4``')
  expect(said).toContain('(`m-00000001`, lena)')
  expect(said).toContain('the `<b>`proxy`</b>` stops it, says `@team`')
  expect(notesOf(report({ memory: { ...NO_MEMORY, silenced: [silenced] } }))[0]).toContain(
    'is silenced by memory entry m-00000001 of lena',
  )
  expect(silencedList(NO_MEMORY, WEB)).toBe('')
})

test('what was recalled is folded away, with what is only a question', () => {
  const recalled = [{ file: 'stripe.md', entries: 3, suspect: ['m-00000002'] }]
  const memory = { ...NO_MEMORY, recalled, leftOut: ['crm.md'] }
  const said = memorySection(memory, [], WEB)
  expect(said).toContain('- `stripe.md`: 3 entries; the cited line has changed')
  expect(said).toContain('only a question: `m-00000002`')
  expect(said).toContain('Not recalled, for want of room: `crm.md`.')
  expect(memorySection(NO_MEMORY, [], WEB)).toBe('')
})

test('a check says where it was proposed or why it waits, and nothing when it is in its place', () => {
  expect(memoryOutcome({ kind: 'proposed', pull: 7 })).toBe('What was learned is proposed in #7.')
  expect(memoryOutcome({ kind: 'pending', because: 'rule\nviolations `x`' })).toBe(
    'What was learned waits: `` rule violations `x` ``',
  )
  expect(memoryOutcome({ kind: 'nothing' })).toBe('')
})
