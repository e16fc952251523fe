import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complaintLine } from '#core/problem'
import { parseProvider } from '#core/providers/parse-provider'

const GOOD = `id: acme
names: [Acme]
category: payments
packages:
  npm: [acme]
hosts: [api.acme.dev, '*.acme.dev']
env: [ACME_*]
headers: [Acme-Signature]
sources:
  hooks: { url: https://acme.dev/docs/webhooks, checked: 2026-01-02, expires: 2027-01-02 }
facts:
  webhooks:
    signed: { value: true, source: hooks }
    toleranceSeconds: { value: 300, source: hooks }
  sdkDefaults:
    npm:acme:
      timeoutMs: { value: 80000, source: hooks }
`

function complaintsOf(text: string): readonly string[] {
  const read = parseProvider(text, 'acme.yml')
  return read.ok ? [] : read.complaints.map(complaintLine)
}

describe('a provider pack', () => {
  test('is read with the page and the dates of each fact', () => {
    const read = parseProvider(GOOD, 'acme.yml')
    expect(read.ok && read.value.provider.facts).toEqual({
      webhooks: {
        signed: {
          value: true,
          source: 'https://acme.dev/docs/webhooks',
          checked: '2026-01-02',
          expires: '2027-01-02',
        },
        toleranceSeconds: {
          value: 300,
          source: 'https://acme.dev/docs/webhooks',
          checked: '2026-01-02',
          expires: '2027-01-02',
        },
      },
      sdkDefaults: {
        'npm:acme': {
          timeoutMs: {
            value: 80000,
            source: 'https://acme.dev/docs/webhooks',
            checked: '2026-01-02',
            expires: '2027-01-02',
          },
        },
      },
    })
  })

  test('may name a platform of which no fact is known yet', () => {
    expect(complaintsOf('id: acme\nnames: [Acme]\ncategory: crm\n')).toEqual([])
  })

  test('is refused when a fact has no source', () => {
    const text = GOOD.replace('{ value: 300, source: hooks }', '{ value: 300 }')
    expect(complaintsOf(text)).toEqual([
      'acme.yml:14: facts.webhooks.toleranceSeconds.source: a fact needs a source: a key of the sources table',
    ])
  })

  test('is refused when a fact names a source that is not in the table', () => {
    const text = GOOD.replace('{ value: 300, source: hooks }', '{ value: 300, source: blog }')
    expect(complaintsOf(text)).toEqual([
      'acme.yml:14: facts.webhooks.toleranceSeconds: "blog" is not in the sources table',
    ])
  })

  test('is refused on the line of an unknown key', () => {
    const text = GOOD.replace('toleranceSeconds:', 'tolerance:')
    expect(complaintsOf(text)).toEqual(['acme.yml:14: facts.webhooks.tolerance: unknown key'])
  })

  test('is refused on the line of a value of the wrong type', () => {
    const text = GOOD.replace('value: 300', 'value: five minutes')
    expect(complaintsOf(text)).toEqual([
      expect.stringMatching(/^acme\.yml:14: facts\.webhooks\.toleranceSeconds\.value: /),
    ])
  })

  test('is refused when a source is not an https page', () => {
    const text = GOOD.replace('https://acme.dev/docs', 'http://acme.dev/docs')
    expect(complaintsOf(text)).toEqual(['acme.yml:10: sources.hooks.url: must be an https URL'])
  })

  test('is refused when a source expires before it was checked', () => {
    const text = GOOD.replace('expires: 2027-01-02', 'expires: 2025-01-02')
    expect(complaintsOf(text)).toEqual([
      'acme.yml:10: sources.hooks.expires: must be later than 2026-01-02',
    ])
  })

  test('is refused when no fact uses a source', () => {
    const text = GOOD.replace(
      'facts:',
      '  other: { url: https://acme.dev/x, checked: 2026-01-02, expires: 2027-01-02 }\nfacts:',
    )
    expect(complaintsOf(text)).toEqual(['acme.yml:11: sources.other: no fact uses this source'])
  })

  test.each([
    ['npm: [acme]', 'npm: [acme, acme]', '5: packages.npm.1: "acme" stands here twice'],
    [
      'npm: [acme]',
      'pypi: [acme-sdk, Acme_SDK]',
      '5: packages.pypi.1: "Acme_SDK" stands here twice',
    ],
    ['[ACME_*]', '[ACME_*, ACME_*]', '7: env.1: "ACME_*" stands here twice'],
    [
      '[Acme-Signature]',
      '[Acme-Signature, acme-signature]',
      '8: headers.1: "acme-signature" stands here twice',
    ],
  ])('is refused when it says the same twice: %s', (from, to, complaint) => {
    const text = GOOD.replace(from, to).replace(
      'npm:acme:',
      to.startsWith('pypi') ? 'pypi:acme-sdk:' : 'npm:acme:',
    )
    expect(complaintsOf(text)).toEqual([`acme.yml:${complaint}`])
  })

  test('may bring two packages that are one module', () => {
    const text = GOOD.replace(
      'npm: [acme]',
      "npm: [acme]\n  maven: ['dev.acme:rest', 'dev.acme:hooks']",
    )
    expect(complaintsOf(text)).toEqual([])
  })

  test.each([
    '*.co.uk',
    '*.com.au',
    '*.vercel.app',
    '*.herokuapp.com',
    'github.io',
    '*.ngrok-free.app',
  ])('is refused when its host %s takes in everybody’s', (host) => {
    expect(complaintsOf(GOOD.replace('api.acme.dev', `'${host}'`))).toEqual([
      `acme.yml:6: hosts.0: under ${host.replace('*.', '')} lie hosts of many owners; name the provider's own`,
    ])
  })

  test.each(['*.amazonaws.com', '*.acme.co.uk', 'acme.herokuapp.com'])(
    'may name the hosts of one owner: %s',
    (host) => {
      expect(complaintsOf(GOOD.replace('api.acme.dev', `'${host}'`))).toEqual([])
    },
  )

  test.each(['*.com', '*', 'api.*.acme.dev'])('is refused when %s is no host', (host) => {
    expect(complaintsOf(GOOD.replace('api.acme.dev', `'${host}'`))).toEqual([
      'acme.yml:6: hosts.0: must be a host name, or *. and a host name',
    ])
  })

  test.each(['verify the body', 'verify()', '', '3des'])(
    'is refused when its verify helper "%s" is no name that code can hold',
    (helper) => {
      const text = GOOD.replace(
        'signed: { value: true, source: hooks }',
        `verifyHelpers: { value: [verify, '${helper}'], source: hooks }`,
      )
      expect(complaintsOf(text)).toEqual([
        'acme.yml:13: facts.webhooks.verifyHelpers.value.1: must be a name as code writes it: verify, Webhook.verify, Acme::Webhook.valid?',
      ])
    },
  )

  test.each([
    'constructEvent',
    'authenticate.webhook',
    'Acme::Webhook.valid?',
    '$verify',
    'Acme\\Hook::check',
  ])('may name the verify helper %s', (helper) => {
    const text = GOOD.replace(
      'signed: { value: true, source: hooks }',
      `verifyHelpers: { value: ['${helper}'], source: hooks }`,
    )
    expect(complaintsOf(text)).toEqual([])
  })

  test('is refused when a fact about a header is no header', () => {
    const text = GOOD.replace(
      'signed: { value: true, source: hooks }',
      'header: { value: the Acme-Signature header, source: hooks }',
    )
    expect(complaintsOf(text)).toEqual([
      'acme.yml:13: facts.webhooks.header.value: must be a header name',
    ])
  })

  test('is refused when it knows the defaults of a package that is not among its own', () => {
    expect(complaintsOf(GOOD.replace('npm:acme:', 'npm:acne:'))).toEqual([
      'acme.yml:16: facts.sdkDefaults.npm:acne: is not in packages.npm',
    ])
    expect(
      complaintsOf(GOOD.replace('[acme]', "['@acme/*']").replace('npm:acme:', "'npm:@acme/sdk':")),
    ).toEqual([])
  })

  test('says how an SDK waits and what it does when it asks too often, in words that are known', () => {
    const text = (spreads: string, refused: string) =>
      GOOD.replace(
        'timeoutMs: { value: 80000, source: hooks }',
        `spreads: { value: ${spreads}, source: hooks }\n      rateLimited: { value: ${refused}, source: hooks }`,
      )
    expect(complaintsOf(text('true', 'waits'))).toEqual([])
    expect(complaintsOf(text('false', 'fails'))).toEqual([])
    expect(complaintsOf(text('often', 'sleeps'))).toEqual([
      expect.stringMatching(/^acme\.yml:17: facts\.sdkDefaults\.npm:acme\.spreads\.value: /),
      expect.stringMatching(/^acme\.yml:18: facts\.sdkDefaults\.npm:acme\.rateLimited\.value: /),
    ])
  })

  test('says which interfaces were turned off, by their addresses and the month', () => {
    const text = (ending: string) =>
      GOOD.replace(
        '  sdkDefaults:',
        `  versioning:\n    endings: { value: [${ending}], source: hooks }\n  sdkDefaults:`,
      )
    expect(
      complaintsOf(text('{ address: //acme.example/v1/, since: 2025-06, instead: version 2 }')),
    ).toEqual([])
    expect(
      complaintsOf(text('{ address: v1, since: last year, upTo: 0, instead: version 2 }')),
    ).toEqual([
      'acme.yml:16: facts.versioning.endings.value.0.address: must be a part of an address',
      expect.stringMatching(/^acme\.yml:16: facts\.versioning\.endings\.value\.0\.upTo: /),
      'acme.yml:16: facts.versioning.endings.value.0.since: must be a month such as 2025-06',
    ])
  })

  test('is told all its mistakes at once', () => {
    const text = GOOD.replace('category: payments', 'category: games').replace(
      'id: acme',
      'id: Acme!',
    )
    expect(complaintsOf(text)).toEqual([
      expect.stringMatching(/^acme\.yml:1: id: /),
      expect.stringMatching(/^acme\.yml:3: category: /),
    ])
  })

  test('is refused on the line where it stops being YAML', () => {
    expect(complaintsOf('id: acme\nnames: [Acme\n')).toEqual([
      expect.stringMatching(/^acme\.yml:\d+: not valid YAML: /),
    ])
  })

  test('cannot grow by aliases', () => {
    expect(complaintsOf('id: &a acme\nnames: [*a]\ncategory: crm\n')).toHaveLength(1)
  })

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (text) => {
        expect(parseProvider(text, 'x.yml').ok).toBe(false)
      }),
    )
  })
})
