import { expect, test } from 'vitest'
import { citesCode } from '#core/agent/cited-lines'

const line = (path: string, text: string) => [
  { path, side: 'RIGHT' as const, line: 1, text, redacted: false },
]

test.each([
  ['a call', 'src/a.ts', '  const client = new Stripe(key, { timeout: 5_000 }) // five seconds'],
  ['a setting', 'config/http.yml', '  timeout: 5s'],
  ['a decorator', 'app/a.py', '@retry(stop=stop_after_attempt(3))'],
])('%s is code', (_, path, text) => {
  expect(citesCode(line(path, text))).toBe(true)
})

test.each([
  ['a comment', 'src/a.ts', '  // the gateway ends every call after five seconds'],
  ['the middle of a block comment', 'src/a.ts', ' * @remarks verified upstream'],
  ['a comment of Python', 'app/a.py', '    # signature checked by the proxy'],
  ['a blank line', 'src/a.ts', '   '],
  ['a document', 'README.md', 'All webhooks are verified.'],
  ['a comment of a setting', 'config/http.yml', '# timeout: 5s'],
])('%s is somebody’s word', (_, path, text) => {
  expect(citesCode(line(path, text))).toBe(false)
})
