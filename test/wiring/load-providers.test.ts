import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { complaintLine } from '#core/problem'
import { createCatalog } from '#core/providers/catalog'
import { checkProviders, loadProviders } from '#wiring/load-providers'

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
    'c.yml:1: id "other" must be the file\'s name without .yml',
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

test('two packs that claim the same are refused together, with both places', async () => {
  const folder = await folderWith({
    'a.yml': 'id: a\nnames: [A]\ncategory: crm\nhosts: [api.shared.dev]\n',
    'b.yml': 'id: b\nnames: [B]\ncategory: crm\nenv: [B_*]\nhosts: [api.shared.dev]\n',
  })
  const read = await loadProviders(folder)
  expect(read.ok ? [] : read.complaints.map(complaintLine)).toEqual([
    `${folder}/b.yml:5: host "api.shared.dev" is claimed in ${folder}/a.yml:4 already`,
  ])
})

test('what depends on the day or on judgement is told by the check and loads all the same', async () => {
  const folder = await folderWith({
    'a.yml': 'id: a\nnames: [A]\ncategory: crm\nenv: [APP_*]\n',
  })
  expect((await loadProviders(folder)).ok).toBe(true)
  expect(await checkProviders(folder, [], '2026-11-22')).toEqual([
    { file: join(folder, 'a.yml'), line: 4, reason: expect.stringMatching(/^env\.0: APP_\* /) },
  ])
})

test('a file is checked beside the packs that are there, in the place of the one of its name', async () => {
  const folder = await folderWith({
    'a.yml': 'id: a\nnames: [A]\ncategory: crm\nhosts: [api.a.dev]\nenv: [APP_*]\n',
    'b.yml': 'id: b\nnames: [B]\ncategory: crm\nhosts: [api.b.dev]\n',
  })
  const drafts = await folderWith({
    'b.yml': 'id: b\nnames: [B]\ncategory: crm\nhosts: [api.b.dev, api.a.dev]\n',
  })
  const draft = join(drafts, 'b.yml')
  expect(await checkProviders(folder, [draft, join(drafts, 'c.yml')], '2026-11-22')).toEqual([
    { file: draft, line: 4, reason: `host "api.a.dev" is claimed in ${folder}/a.yml:4 already` },
    { file: join(drafts, 'c.yml'), line: null, reason: 'cannot be read: there is no such file' },
  ])
})

test('packs come in the order of their ids', async () => {
  const folder = await folderWith({
    'aws-s3.yml': 'id: aws-s3\nnames: [S3]\ncategory: storage\n',
    'aws.yml': 'id: aws\nnames: [AWS]\ncategory: cloud\n',
  })
  const read = await loadProviders(folder)
  expect(read.ok && read.value.map(({ id }) => id)).toEqual(['aws', 'aws-s3'])
})

test('the shipped facts say that Postmark does not sign its webhooks and that Stripe does', async () => {
  const read = await loadProviders(SHIPPED)
  const catalog = createCatalog(read.ok ? read.value : [], '2026-12-01')
  expect(catalog.facts('postmark').webhooks?.signed?.value).toBe(false)
  expect(catalog.facts('stripe').webhooks?.signed?.value).toBe(true)
})
