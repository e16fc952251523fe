import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const HOME = fileURLToPath(new URL('../..', import.meta.url))
const sources = globSync('src/**/*.ts', { cwd: HOME }).map((path) => ({
  path,
  text: readFileSync(`${HOME}${path}`, 'utf8'),
}))

/** The files of `src` whose text a pattern finds. */
function where(pattern: RegExp, among: readonly { path: string; text: string }[] = sources) {
  return among.filter(({ text }) => pattern.test(text)).map(({ path }) => path)
}

const VERDICT = /\bAPPROVE\b|\bREQUEST_CHANGES\b/
const CODE = /\beval\(|\bnew Function\b|node:vm\b|from 'dotenv|\bimport\((?!\s*['"])/
const PROCESS = /from '(?:node:child_process|execa)'/

test('the patterns find what they are for', () => {
  const of = (text: string) => [{ path: 'a.ts', text }]
  expect(where(VERDICT, of("event: 'APPROVE'"))).toEqual(['a.ts'])
  for (const text of ['eval(x)', 'new Function(x)', "from 'node:vm'", 'await import(path)'])
    expect(where(CODE, of(text)), text).toEqual(['a.ts'])
  expect(where(CODE, of("await import('#store/boss')"))).toEqual([])
})

test('nothing can approve a pull request or ask for changes', () => {
  expect(where(VERDICT)).toEqual([])
})

test('nothing of a repository can become code, and processes are started in two places only', () => {
  expect(where(CODE)).toEqual([])
  // The scanner with our own arguments, and git on checkouts of the command line.
  expect(where(PROCESS).toSorted()).toEqual(['src/local/run-git.ts', 'src/scan/run-capped.ts'])
})
