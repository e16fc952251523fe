import { expect, test } from 'vitest'
import { callIn, cellWords } from '../../support/take-matrix-of.ts'

const sync = (body: readonly string[]) =>
  callIn({
    'src/crm/sync.ts': [
      'export async function sync(contact: object) {',
      '  while (true) {',
      ...body,
      '  }',
      '}',
    ].join('\n'),
  })

test('a loop without end that catches a failure and begins anew tries again, at one pace', async () => {
  const row = await sync([
    '    try {',
    "      return await fetch('https://api.crm.io/contacts', { method: 'POST', body: contact })",
    '    } catch (error) {',
    "      console.error('again', error)",
    '    }',
  ])
  expect(cellWords(row, 'retry')).toBe('protected src/crm/sync.ts:2')
  expect(row.cells.backoff.state).toBe('missing')
})

test('a loop that turns pages, and leaves when one fails, tries nothing again', async () => {
  const row = await sync([
    '    try {',
    "      const page = await fetch('https://api.crm.io/contacts')",
    '      if (page.last) return',
    '    } catch (error) {',
    '      throw new Error("no page", { cause: error })',
    '    }',
  ])
  expect(cellWords(row, 'retry')).toBe('missing: a failure is final')
})
