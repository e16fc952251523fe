import { describe, expect, test } from 'vitest'
import { checkSuggestions } from '#flow/check-suggestions'
import { claim } from '../support/builders.ts'
import { HEAD, PAY_DIFF, SCAN } from './review-bench.ts'

const LINES = (HEAD['src/pay.ts'] ?? '').split('\n').slice(0, -1)
const found = claim({ path: 'src/pay.ts', startLine: 4, line: 4, fix: 'Pass a key.' })

async function checked(suggestion: string, more: Partial<typeof found> = {}, path = 'src/pay.ts') {
  const asked = { ...found, ...more, path, suggestion }
  const mended = await checkSuggestions(
    {
      scan: SCAN,
      files: [{ ...PAY_DIFF, path }],
      lines: async () => LINES,
    },
    [asked],
  )
  return mended.get(asked) ?? asked
}

describe('what one click would commit', () => {
  const good = '  const charge = await client.charges.create(order, { idempotencyKey: order.id })'

  test('stays where it parses and changes something', async () => {
    expect((await checked(good)).suggestion).toBe(good)
  })

  test('is moved to where the line stands', async () => {
    expect((await checked(good.trim())).suggestion).toBe(good)
  })

  test('that breaks the file is shown in the words of the fix', async () => {
    const broken = '  const charge = await client.charges.create(order, {'
    const { suggestion, fix } = await checked(broken)
    expect(suggestion).toBeNull()
    expect(fix).toBe(`Pass a key.\n\n\`\`\`\n${broken}\n\`\`\``)
  })

  test('that changes nothing is gone', async () => {
    const { suggestion, fix } = await checked(LINES[3] ?? '')
    expect([suggestion, fix]).toEqual([null, 'Pass a key.'])
  })

  test.each([
    ['of lines that no hunk has', { startLine: 4, line: 40 }, 'src/pay.ts'],
    ['of removed lines', { side: 'LEFT' as const }, 'src/pay.ts'],
    ['in a workflow', {}, '.github/workflows/pay.yml'],
    ['in a lock file', {}, 'package-lock.json'],
  ])('%s is shown in the words of the fix', async (_, more, path) => {
    const { suggestion, fix } = await checked(good, more, path)
    expect(suggestion).toBeNull()
    expect(fix).toContain(good)
  })

  test('with a fence inside keeps its end', async () => {
    const { fix } = await checked('  const text = "```" // (', {})
    expect(fix).toMatch(/^Pass a key\.\n\n````\n[\s\S]*\n````$/)
  })
})
