import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { evaluateLocally } from '#wiring/evaluate-locally'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tech-lead-cases-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

const CALL =
  'import requests\n\ndef push(order):\n    requests.post("https://api.shop.io/orders", json=order'
const expected = (defects: string) =>
  `about: A push of orders.\nlanguage: python\ndefects: ${defects}\n`
const quiet = () => {}

test('a change is judged by its own lines, with what stands in other files', async () => {
  await put('removed/base/app/push.py', `${CALL}, timeout=5).raise_for_status()\n`)
  await put('removed/head/app/push.py', `${CALL}).raise_for_status()\n`)
  await put(
    'removed/expected.yml',
    expected('[{ class: timeout, path: app/push.py, lines: [3, 4], why: It hangs. }]'),
  )
  await put('old/base/app/push.py', `${CALL})\n`)
  await put('old/head/app/push.py', `${CALL})\n\ndef other():\n    pass\n`)
  await put('old/expected.yml', expected('[]'))
  const outcomes = await evaluateLocally(folder, quiet)
  expect(
    outcomes.map(({ of, defects, wrong }) => [
      of.id,
      defects.map(({ claim }) => claim?.rule),
      wrong.length,
    ]),
  ).toEqual([
    ['old', [], 0],
    ['removed', ['call-without-timeout'], 0],
  ])
})

test('what cannot be used is said at once, with file and line', async () => {
  await put('one/expected.yml', expected('[{ class: tls, path: a.py, lines: [1, 1], why: x }]'))
  await put('two/expected.yml', 'about: x\n')
  await expect(evaluateLocally(folder, quiet)).rejects.toThrow(
    /one\/expected\.yml: there is no head\/a\.py\n.*two\/expected\.yml:1: language/,
  )
})

test('a folder without cases says what a case is', async () => {
  await expect(evaluateLocally(folder, quiet)).rejects.toThrow(/holds no labelled cases: a case is/)
  await expect(evaluateLocally(join(folder, 'absent'), quiet)).rejects.toThrow(/There is no folder/)
})
