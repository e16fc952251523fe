import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { docFiles } from '../../tools/write-docs.ts'

test.each(await docFiles())(
  '$path says what the files of knowledge say: run node tools/write-docs.ts',
  ({ path, text }) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text)
  },
)
