import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { schemaFiles } from '../../tools/write-schemas.ts'

test.each(schemaFiles())(
  '$path says what the code accepts: run node tools/write-schemas.ts',
  ({ path, text }) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text)
  },
)
