import { expect, test } from 'vitest'
import { assignedTo } from '#core/rules/scope-text'

test.each([
  ['a plain assignment', 'const mac = sign(body)\nlog(mac)', 'mac', ['sign(body)']],
  ['one with a type', 'const mac: Buffer = sign(body)', 'mac', ['sign(body)']],
  ['Go, with its error', 'mac, err := sign(body)\nif err != nil {', 'mac', ['sign(body)']],
  ['PHP', '$mac = sign($body);', '$mac', ['sign($body);']],
  ['each of two', 'mac = a()\nmac = b()', 'mac', ['a()', 'b()']],
  [
    'a chain over several lines',
    'const mac = createHmac(key)\n  .update(body)\n  .digest()\nnext()',
    'mac',
    ['createHmac(key)\n  .update(body)\n  .digest()'],
  ],
  ['a comparison, which gives nothing', 'if (mac == other) {}\nif (mac === x) {}', 'mac', []],
  ['a field of that name, which is another', 'this.mac = a()\nxmac = b()', 'mac', []],
])('a name is given its value by %s', (_, text, name, expected) => {
  expect(assignedTo(text, name)).toEqual(expected)
})
