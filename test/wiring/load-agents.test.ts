import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadAgents } from '#wiring/load-agents'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agents-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('complaints of all files come at once, and a name is taken once', async () => {
  const good = '---\nname: lead\ndescription: x\n---\nReview.\n'
  await writeFile(join(folder, 'a.md'), good)
  await writeFile(join(folder, 'b.md'), good)
  await writeFile(join(folder, 'c.md'), '---js\n---\n')
  await writeFile(join(folder, 'readme.txt'), 'not an agent')
  const read = await loadAgents(folder)
  const complaints = read.ok ? [] : read.complaints
  expect(complaints.map((complaint) => complaint.file)).toEqual([
    join(folder, 'b.md'),
    join(folder, 'c.md'),
  ])
})

test('the shipped folder has the tech lead', async () => {
  const read = await loadAgents('agents')
  expect(read.ok && [...read.value.keys()]).toEqual(['integrations-tech-lead'])
})
