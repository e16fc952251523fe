import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { docFiles, stalePages } from '../../tools/write-docs.ts'

const files = await docFiles()

test.each(files)(
  '$path says what the files of knowledge say: run node tools/write-docs.ts',
  ({ path, text }) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text)
  },
)

test('no page is left of a provider or rule that is gone: run node tools/write-docs.ts', () => {
  expect(stalePages(files)).toEqual([])
  const without = files.filter(({ path }) => path !== 'docs/providers/stripe.md')
  expect(stalePages(without)).toEqual(['docs/providers/stripe.md'])
})
