import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { complaintLine } from '#core/problem'
import { createCatalog } from '#core/providers/catalog'
import { loadProviders } from '#wiring/load-providers'

const SHIPPED = join(import.meta.dirname, '../../providers')

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'providers-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}

test('all complaints of all packs come at once, with file and line', async () => {
  const folder = await folderWith({
    'a.yml': 'id: a\nnames: [A]\ncategory: nonsense\n',
    'b.yml': 'id: b\nnames: [B]\ncategory: crm\nextra: 1\n',
    'c.yml': 'id: other\nnames: [C]\ncategory: crm\n',
  })
  const read = await loadProviders(folder)
  const lines = read.ok
    ? []
    : read.complaints.map((one) => complaintLine(one).slice(folder.length + 1))
  expect(lines).toEqual([
    expect.stringMatching(/^a\.yml:3: category: /),
    'b.yml:4: extra: unknown key',
    'c.yml: id "other" must be the file\'s name without .yml',
  ])
})

test('a folder that is not there is told, not thrown', async () => {
  const read = await loadProviders('/nonexistent/providers')
  expect(read.ok).toBe(false)
})

test('every shipped pack loads', async () => {
  const read = await loadProviders(SHIPPED)
  expect(read.ok ? [] : read.complaints.map(complaintLine)).toEqual([])
})

test('no two shipped packs claim the same name, host or header', async () => {
  const read = await loadProviders(SHIPPED)
  const claims = (read.ok ? read.value : []).flatMap(({ names, hosts, headers }) =>
    [...names, ...hosts, ...headers].map((claim) => claim.toLowerCase()),
  )
  expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([])
})

test('the shipped facts say that Postmark does not sign its webhooks and that Stripe does', async () => {
  const read = await loadProviders(SHIPPED)
  const catalog = createCatalog(read.ok ? read.value : [], '2026-12-01')
  expect(catalog.facts('postmark').webhooks?.signed?.value).toBe(false)
  expect(catalog.facts('stripe').webhooks?.signed?.value).toBe(true)
})
