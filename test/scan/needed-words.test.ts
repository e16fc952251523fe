import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isMetBy } from '#core/facts/need'
import { neededByRule } from '#core/facts/needed-by-rule'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'

const CASES = 'eval/rules/testdata/tuning'
/** One batch above which the scanner leaves no rule out. */
const UNFILTERED = 300_001

test('no rule that matches anywhere in the labelled cases or the examples would have been left out', {
  timeout: 120_000,
}, async () => {
  const { knowledge, matchers } = await loadKnowledge('2026-11-28')
  const needs = new Map(matchers.map(({ id, document }) => [`rule:${id}`, neededByRule(document)]))
  const scan = createScan({
    matchers: matchers.map((matcher) => ({ ...matcher, kind: `rule:${matcher.id}` as const })),
  })
  const examples = knowledge.rules.flatMap(({ id, examples: { bad, good } }) =>
    [...bad, ...good].map(({ path, code }, at) => ({ path: `${id}/${at}/${path}`, text: code })),
  )
  const sources = [...examples, ...(await cases())]
  const texts = new Map(sources.map(({ path, text }) => [path, text.toLowerCase()]))
  const { facts } = await scan.facts([...sources, ...padding(sources.map(({ path }) => path))])
  expect(facts.length).toBeGreaterThan(10_000)
  const lost = facts.filter(({ kind, path }) => {
    const need = needs.get(kind)
    const text = texts.get(path)
    return need !== undefined && text !== undefined && !isMetBy(need, text)
  })
  expect(lost.map(({ kind, path }) => `${kind} in ${path}`)).toEqual([])
})

async function cases() {
  const names = await readdir(CASES, { recursive: true, withFileTypes: true })
  return Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        return { path, text: await readFile(path, 'utf8') }
      }),
  )
}

/** For each kind of file one that makes its batch a large one. */
function padding(paths: readonly string[]) {
  const kinds = new Set(paths.map((path) => path.slice(path.lastIndexOf('.'))))
  return [...kinds].map((kind) => ({
    path: `padding${kind}`,
    text: `x\n${' '.repeat(UNFILTERED)}`,
  }))
}
