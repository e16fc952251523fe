import { expect, test } from 'vitest'
import { readOwnFiles } from '../../../eval/filter/own-files.ts'
import { decisionAbout, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const corpus = readOwnFiles()

const judged = corpus.map(({ file, text, label, because }) => {
  const decision = decisionAbout(file, { catalog, sources: new Map([[file.path, text]]) })
  return {
    path: file.path,
    label,
    because,
    score: decision.score,
    selected: decision.decision === 'selected',
  }
})
const misses = judged
  .filter(({ label, selected }) => selected !== (label === 'yes'))
  .map(({ path, label, because, score }) => `${label} ${score} ${path}: ${because}`)
const rightlySelected = judged.filter(({ label, selected }) => selected && label === 'yes').length

test('the corpus is large enough to mean something', () => {
  expect(corpus.filter(({ label }) => label === 'yes').length).toBeGreaterThanOrEqual(25)
  expect(corpus.filter(({ label }) => label === 'no').length).toBeGreaterThanOrEqual(35)
})

test('of the labelled integration files at least 95 % are selected', () => {
  const wanted = judged.filter(({ label }) => label === 'yes').length
  expect(rightlySelected / wanted, misses.join('\n')).toBeGreaterThanOrEqual(0.95)
})

test('of the selected files at least 85 % are labelled as integration', () => {
  const selected = judged.filter((one) => one.selected).length
  expect(rightlySelected / selected, misses.join('\n')).toBeGreaterThanOrEqual(0.85)
})
