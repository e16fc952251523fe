import { expect, test } from 'vitest'
import { REDACTED, redact } from '#core/text/redact'

// Joined at run time, so that no scanner takes this file for a leak.
const join = (...parts: string[]) => parts.join('')
const secrets: readonly [string, string][] = [
  ['a GitHub token', join('gh', 'p_', 'a1B2'.repeat(9))],
  ['a long installation token', join('gh', 's_', '12345_', 'eyJhbGciOi', 'x.y-z_'.repeat(80))],
  ['a fine-grained token', join('github', '_pat_', 'a1B2_'.repeat(8))],
  ['an Anthropic key', join('sk', '-ant-', 'api03-', 'a1B2'.repeat(8))],
  ['an AWS key id', join('AK', 'IA', 'ABCDEFGH12345678')],
  ['a Slack token', join('xo', 'xb-', '1234567890-abcdefghij')],
  ['a Stripe key', join('sk', '_live_', 'a1B2'.repeat(6))],
  ['a Stripe webhook secret', join('wh', 'sec_', 'a1B2'.repeat(8))],
  ['a Google key', join('AI', 'za', 'a1B2C'.repeat(7))],
  ['a SendGrid key', join('S', 'G.', 'a'.repeat(22), '.', 'b'.repeat(43))],
  [
    'a JSON web token',
    join('ey', 'J', 'hbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxIn0', '.', 'c2lnbmF0dXJl'),
  ],
]

test.each(secrets)('%s is masked', (_, secret) => {
  expect(redact(`before ${secret} after`)).toEqual({
    text: `before ${REDACTED} after`,
    found: true,
  })
})

test('the password of a URL is masked and the rest stays', () => {
  const { text } = redact('postgres://shop:hunter2hunter2@db.internal/shop')
  expect(text).toBe(`postgres://shop:${REDACTED}@db.internal/shop`)
})

test('a private key is masked and no line number shifts', () => {
  const key = join(
    '-----BEGIN RSA ',
    'PRIVATE KEY-----\nabc\ndef\n-----END RSA ',
    'PRIVATE KEY-----',
  )
  const { text } = redact(`a\n${key}\nb`)
  expect(text.split('\n')).toHaveLength(6)
  expect(text).not.toContain('abc')
})

test('a private key that is cut off is masked to its end', () => {
  expect(redact(join('-----BEGIN ', 'PRIVATE KEY-----\nabcdef')).text).not.toContain('abcdef')
})

test('a known value is masked plain, encoded for a URL and in base64', () => {
  const value = 'correct horse/battery+staple'
  const base64 = Buffer.from(value).toString('base64')
  const { text } = redact(`${value} ${encodeURIComponent(value)} ${base64}`, [value])
  expect(text).not.toContain('horse')
  expect(text).not.toContain(base64.replaceAll('=', ''))
})

test('a short known value does not mask ordinary words', () => {
  expect(redact('a production value', ['prod'])).toEqual({
    text: 'a production value',
    found: false,
  })
})

test.each([
  'sk_live is a prefix',
  'task-and-answer',
  'https://example.org/a:b@c',
  'AKIA',
  'the eyJ prefix',
  'sha256:0123',
])('ordinary text stays: %s', (text) => {
  expect(redact(text)).toEqual({ text, found: false })
})

// A pattern that backtracks would run into the test's time limit here.
test('a megabyte of near misses is read and stays as it is', () => {
  const text = 'eyJ'.repeat(200_000) + 'sk-. '.repeat(100_000) + 'a://b:'.repeat(50_000)
  expect(redact(text)).toEqual({ text, found: false })
})
