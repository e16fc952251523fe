import { expect, test } from 'vitest'
import { readOwnPacks } from '#core/providers/own-packs'
import { parseProvider } from '#core/providers/parse-provider'
import { OWN_PACK } from '../../support/own-pack.ts'

const SHIPPED = ['stripe', 'hubspot'].flatMap((id) => {
  const read = parseProvider(
    `id: ${id}\nnames: [${id}]\ncategory: payments\npackages: { npm: [${id}] }\nhosts: [api.${id}.com]\n`,
    `${id}.yml`,
  )
  return read.ok ? [read.value.provider] : []
})

const read = (...texts: string[]) =>
  readOwnPacks(
    texts.map((text, index) => ({ path: `packs/${index}.yml`, text })),
    SHIPPED,
  )
const idsOf = ({ providers }: ReturnType<typeof read>) => providers.map(({ id }) => id)

test('a pack of a provider that nobody knows is read', () => {
  const own = read(OWN_PACK)
  expect([idsOf(own), own.complaints]).toEqual([['acme-pay'], []])
})

test.each([
  ['its name', 'Acme Pay', 'Stripe', 'name "Stripe" belongs to stripe'],
  ['a host', 'api.pay.acme.example', 'api.stripe.com', 'host "api.stripe.com" belongs to stripe'],
  ['a package', "'@acme/pay'", 'hubspot', 'npm package "hubspot" belongs to hubspot'],
])('a pack that takes %s from a shipped provider is left out', (_, mine, theirs, reason) => {
  const own = read(OWN_PACK.replace(mine, theirs))
  expect(idsOf(own)).toEqual([])
  expect(own.complaints[0]).toMatchObject({ file: 'packs/0.yml', line: expect.any(Number) })
  expect(own.complaints[0]?.reason).toContain(`${reason}, which the app knows already`)
})

test('of two packs that claim the same thing the second is left out', () => {
  const other = OWN_PACK.replace('id: acme-pay', 'id: other').replace('Acme Pay', 'Other')
  const own = read(OWN_PACK, other)
  expect(idsOf(own)).toEqual(['acme-pay'])
  expect(own.complaints.map(({ file }) => file)).toContain('packs/1.yml')
})

test('a mistake is named with its line, and costs no other pack', () => {
  const own = read(OWN_PACK.replace('source: handbook', 'source: nowhere'), OWN_PACK)
  expect(idsOf(own)).toEqual(['acme-pay'])
  expect(own.complaints).toEqual([
    {
      ...{ file: 'packs/0.yml', line: 12 },
      reason: 'facts.webhooks.signed: "nowhere" is not in the sources table',
    },
  ])
})

test('a pack without end is not parsed', () => {
  const own = read(`${OWN_PACK}#${'x'.repeat(70_000)}`)
  expect(own.complaints).toEqual([
    { file: 'packs/0.yml', line: null, reason: 'is longer than 65536 characters' },
  ])
})
