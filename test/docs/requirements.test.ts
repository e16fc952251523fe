import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readRequirements } from '../../tools/docs/requirements-page.ts'

const TESTS = fileURLToPath(new URL('..', import.meta.url))
const { P0, P1 } = readRequirements()

test('every requirement of the first rank is there, and none of it is refused', () => {
  const ids = Array.from({ length: 55 }, (_, at) => `R-${String(at + 1).padStart(3, '0')}`)
  expect(Object.keys(P0)).toEqual(ids)
  for (const { tests, refused } of Object.values(P0)) {
    expect([Object.keys(tests).length > 0, refused]).toEqual([true, undefined])
  }
})

test('every requirement of the second rank is there', () => {
  const ids = Array.from({ length: 106 }, (_, at) => `R-${String(at + 56).padStart(3, '0')}`)
  expect(Object.keys(P1)).toEqual(ids)
})

test('every test that is named exists, by its title', () => {
  const named = Object.entries({ ...P0, ...P1 }).flatMap(([id, { tests }]) =>
    Object.entries(tests).flatMap(([file, titles]) => titles.map((title) => ({ id, file, title }))),
  )
  const missing = named.filter(({ file, title }) => {
    // A story that several files tell stands in a file of its own.
    const paths = [`${TESTS}${file}.test.ts`, `${TESTS}${file}.ts`].filter((path) =>
      existsSync(path),
    )
    return !paths.some((path) => readFileSync(path, 'utf8').includes(title))
  })
  expect(missing).toEqual([])
  expect(named.length).toBeGreaterThan(180)
})
