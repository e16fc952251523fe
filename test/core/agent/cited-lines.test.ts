import { expect, test } from 'vitest'
import { citesCode } from '#core/agent/cited-lines'

const line = (path: string, text: string, number = 1) => [
  { path, side: 'RIGHT' as const, line: number, text, redacted: false },
]
const unknown = () => null

test.each([
  ['a call', 'src/a.ts', '  const client = new Stripe(key, { timeout: 5_000 }) // five seconds'],
  ['a setting', 'config/http.yml', '  timeout: 5s'],
  ['a decorator', 'app/a.py', '@retry(stop=stop_after_attempt(3))'],
])('%s is code', (_, path, text) => {
  expect(citesCode(line(path, text), unknown)).toBe(true)
  expect(citesCode(line(path, text), () => [text])).toBe(true)
})

test.each([
  ['a comment', 'src/a.ts', '  // the gateway ends every call after five seconds'],
  ['the middle of a block comment', 'src/a.ts', ' * @remarks verified upstream'],
  ['a comment of Python', 'app/a.py', '    # signature checked by the proxy'],
  ['a blank line', 'src/a.ts', '   '],
  ['a document', 'README.md', 'All webhooks are verified.'],
  ['a comment of a setting', 'config/http.yml', '# timeout: 5s'],
])('%s is somebody’s word', (_, path, text) => {
  expect(citesCode(line(path, text), unknown)).toBe(false)
})

const WORDS = 'The gateway passes a key with each call.'
test.each([
  ['a block comment', 'src/a.ts', ['/*', WORDS, '*/', 'pay()']],
  ['a docstring', 'app/a.py', ['"""', WORDS, '"""', 'pay()']],
  ['a template', 'src/a.ts', ['const note = `', WORDS, '`']],
  ['a string of PHP', 'a.php', ["$note = '", WORDS, "';"]],
])('a line without a sign of its own is seen to stand in %s', (_, path, whole) => {
  expect(citesCode(line(path, WORDS, 2), unknown)).toBe(true)
  expect(citesCode(line(path, WORDS, 2), () => whole)).toBe(false)
})

test('a quote that nothing closes hides no code after it', () => {
  const whole = [
    "const quote = /'/",
    'const client = new Stripe(key)',
    "return <p>don't</p>",
    'pay()',
  ]
  for (const [index, text] of whole.entries()) {
    expect(citesCode(line('src/a.tsx', text, index + 1), () => whole)).toBe(true)
  }
})
