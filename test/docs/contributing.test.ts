import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { complaintLine } from '#core/problem'
import { packOversights } from '#core/providers/check-packs'
import { parseProvider } from '#core/providers/parse-provider'

test('the pack that CONTRIBUTING tells to copy is well formed', () => {
  const text = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8')
  const pack = /^ *```yml\n([\s\S]*?)^ *```/m.exec(text)?.[1] ?? ''
  const read = parseProvider(pack, 'acme.yml')
  const complaints = read.ok ? packOversights([read.value], '2026-11-22') : read.complaints
  expect(complaints.map(complaintLine)).toEqual([])
  expect(read.ok && Object.keys(read.value.provider.facts.webhooks ?? {})).toEqual([
    'signed',
    'header',
    'algorithm',
  ])
})
