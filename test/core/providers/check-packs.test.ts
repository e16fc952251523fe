import { describe, expect, test } from 'vitest'
import { complaintLine } from '#core/problem'
import { claimConflicts, packOversights } from '#core/providers/check-packs'
import type { Pack } from '#core/providers/pack'
import { parseProvider } from '#core/providers/parse-provider'

function pack(id: string, rest: string): Pack {
  const read = parseProvider(`id: ${id}\nnames: [${id}]\ncategory: crm\n${rest}\n`, `${id}.yml`)
  if (!read.ok) throw new Error(JSON.stringify(read.complaints))
  return read.value
}

const conflicts = (...packs: readonly Pack[]) => claimConflicts(packs).map(complaintLine)
const oversights = (...packs: readonly Pack[]) =>
  packOversights(packs, '2026-11-22').map(complaintLine)

/** A pack with one fact, read on the given day. */
const withFact = (id: string, section: string, fact: string, more = '') =>
  pack(
    id,
    `sources:
  docs: { url: https://${id}.dev/docs, checked: 2026-01-02, expires: 2027-01-02 }
facts:
  ${section}:
    ${fact}
${more}`,
  )

describe('two packs', () => {
  test.each([
    ['packages: { npm: [sdk] }', 'npm package "sdk"'],
    ['packages: { pypi: [the-sdk] }', 'pypi package "the-sdk"'],
    ['hosts: [api.shared.dev]', 'host "api.shared.dev"'],
    ["hosts: ['*.shared.dev']", 'host "*.shared.dev"'],
    ['env: [SHARED_*]', 'environment name "SHARED_*"'],
    ['headers: [Shared-Signature]', 'header "Shared-Signature"'],
    ['imports: { php: [Shared] }', 'php module "Shared"'],
  ])('cannot both claim %s', (claim, what) => {
    expect(conflicts(pack('one', claim), pack('two', claim))).toEqual([
      `two.yml:4: ${what} is claimed in one.yml:4 already`,
    ])
  })

  test('cannot both have a name, however it is spelt; an id is a name', () => {
    const salesforce = pack('one', '')
    const other = pack('two', 'packages: {}')
    expect(
      conflicts(salesforce, { ...other, provider: { ...other.provider, names: ['Two', 'O-N-E'] } }),
    ).toEqual(['two.yml:2: name "O-N-E" is claimed in one.yml:1 already'])
  })

  test('cannot both claim a package that the registry takes for one', () => {
    expect(
      conflicts(
        pack('one', 'packages: { pypi: [shared-sdk] }'),
        pack('two', 'packages: { pypi: [Shared.SDK] }'),
      ),
    ).toEqual(['two.yml:4: pypi package "Shared.SDK" is claimed in one.yml:4 already'])
  })

  test('cannot bring the same module by packages of other names', () => {
    expect(
      conflicts(
        pack('one', "packages: { maven: ['dev.shared:mail'] }"),
        pack('two', "packages: { maven: ['dev.shared:chat'] }"),
      ),
    ).toEqual([
      'two.yml:4: java module "dev.shared", which follows from its package, is claimed in one.yml:4 already; say in imports what is its own',
    ])
  })

  test('may share a beginning: the longer name wins', () => {
    expect(
      conflicts(
        pack('one', "packages: { npm: ['@cloud/*'] }\nhosts: ['*.cloud.dev']\nenv: [CLOUD_*]"),
        pack(
          'two',
          "packages: { npm: ['@cloud/queue'] }\nhosts: [queue.cloud.dev]\nenv: [CLOUD_QUEUE_*]",
        ),
      ),
    ).toEqual([])
  })
})

test('a header of two words written as one can be a provider’s', () => {
  expect(oversights(pack('acme', 'headers: [HmacSignature]'))).toEqual([])
})

describe('a pack that loads may still be wrong', () => {
  test('when a page was read on a day that is to come', () => {
    const source = (checked: string) =>
      pack(
        'acme',
        `sources:\n  docs: { url: https://acme.dev/docs, checked: ${checked}, expires: 2028-01-01 }
facts: { webhooks: { signed: { value: true, source: docs } } }`,
      )
    expect(oversights(source('2026-11-22'))).toEqual([])
    expect(oversights(source('2026-11-23'))).toEqual([
      'acme.yml:5: sources.docs.checked: 2026-11-23 has not come yet',
    ])
  })

  test.each([
    ['webhooks', 'header: { value: Acme-Signature, source: docs }'],
    ['idempotency', 'header: { value: Acme-Signature, source: docs }'],
    ['versioning', 'header: { value: Acme-Signature, source: docs }'],
    ['rateLimits', 'headers: { value: [Retry-After, Acme-Signature], source: docs }'],
  ])('when a header of its own stands only in the facts of %s', (section, fact) => {
    expect(oversights(withFact('acme', section, fact))).toEqual([
      expect.stringMatching(
        /^acme\.yml:8: facts\.\w+\.headers?: Acme-Signature is not in headers$/,
      ),
    ])
    expect(oversights(withFact('acme', section, fact, 'headers: [acme-signature]'))).toEqual([])
  })

  test.each([
    'Idempotency-Key',
    'X-RateLimit-Remaining',
    'RateLimit-Reset',
    'Authorization',
    'Webhook-Signature',
    'X-Signature',
    'revision',
  ])('but the header %s is everybody’s', (header) => {
    const fact = `header: { value: ${header}, source: docs }`
    expect(oversights(withFact('acme', 'webhooks', fact))).toEqual([])
    expect(oversights(pack('acme', `headers: [${header}]`))).toEqual([
      `acme.yml:4: headers.0: many providers send ${header}: it shows none`,
    ])
  })

  test('and a header that another pack claims is that provider’s', () => {
    const signer = pack('signer', 'headers: [Signer-Signature]')
    const user = withFact('acme', 'webhooks', 'header: { value: signer-signature, source: docs }')
    expect(oversights(signer, user)).toEqual([])
  })

  test.each(['BOX_*', 'LINE_*', 'APP_*', 'TOKEN'])(
    'when the environment name %s is an everyday word',
    (name) => {
      expect(oversights(pack('acme', `env: [${name}]`))).toEqual([
        `acme.yml:4: env.0: ${name} begins names of many projects; write a longer one, such as ${name.replace('_*', '')}_CLIENT_*`,
      ])
    },
  )

  test.each(['BOX_CLIENT_*', 'ACME_*', 'SQUARE_*'])('but %s is not', (name) => {
    expect(oversights(pack('acme', `env: [${name}]`))).toEqual([])
  })

  test('when a star stands where no lookup ever finds it', () => {
    expect(
      oversights(
        pack(
          'acme',
          "packages:\n  npm: ['acme-*']\n  rubygems: ['acme-*']\n  composer: ['acme/sdk-*']\nimports:\n  java: ['dev.acme*']",
        ),
      ),
    ).toEqual([
      'acme.yml:5: packages.npm.0: a * counts only after "/", at the end',
      'acme.yml:7: packages.composer.0: a * counts only after "/", at the end',
      'acme.yml:9: imports.java.0: a * counts only after ".", at the end',
    ])
  })
})
