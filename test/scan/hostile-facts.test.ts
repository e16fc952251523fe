import { test } from 'vitest'
import { expectGoodFacts } from './expect-good-facts.ts'
import { HOSTILE_SOURCES } from './hostile-sources.ts'

const rows = Object.entries(HOSTILE_SOURCES).flatMap(([language, sources]) =>
  (['literal', 'broken'] as const).map((trouble) => [trouble, language, sources] as const),
)

test.each(rows)(
  'a %s %s file ends within the limits, and the file beside it keeps its facts',
  async (trouble, _language, sources) => expectGoodFacts(trouble, sources),
  120_000,
)
