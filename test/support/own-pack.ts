/** A provider pack of a repository's own, as its people would write it. */
export const OWN_PACK = `id: acme-pay
names: [Acme Pay]
category: payments
packages:
  npm: ['@acme/pay']
hosts: [api.pay.acme.example]
headers: [Acme-Pay-Signature]
sources:
  handbook: { url: 'https://handbook.acme.example/pay', checked: 2026-11-01, expires: 2027-11-01 }
facts:
  webhooks:
    signed: { value: true, source: handbook }
    header: { value: Acme-Pay-Signature, source: handbook }
`
