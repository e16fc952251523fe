import { describe, expect, test } from 'vitest'
import { commentHtml } from './comment-html.ts'
import { parseComment } from './comment-markdown.ts'
import { commentLines } from './comment-text.ts'

const html = (markdown: string) => commentHtml(parseComment(markdown))
const text = (markdown: string, width = 40) =>
  commentLines(parseComment(markdown), { width, paint: (_, words) => words })

describe('nothing that a comment says becomes a tag', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick=x>word</b>',
    '`<script>alert(1)</script>`',
    '```\n<script>alert(1)</script>\n```',
    '<details><summary><img src=x></summary>\n\n<script>x</script>\n\n</details>',
    '| a |\n|---|\n| <img src=x> |',
  ])('%s', (markdown) => {
    expect(html(markdown)).not.toMatch(/<(?:script|img|b)\b/)
  })

  test('a link leads only to https', () => {
    expect(html('[a](javascript:alert(1)) [b](http://127.0.0.1:1/x)')).toBe('<p>a b</p>')
    expect(html('[a](https://example.com/?q="x)')).toContain(
      'href="https://example.com/?q=&quot;x"',
    )
  })
})

test('details fold on the page and stand open in the terminal', () => {
  const markdown = '<details><summary>Coverage of <code>x</code></summary>\n\nAll.\n\n</details>'
  expect(html(markdown)).toBe(
    '<details><summary>Coverage of <code class="short">x</code></summary><p>All.</p></details>',
  )
  expect(text(markdown)).toEqual(['▾ Coverage of x', '  All.'])
})

test('details that are never closed end with the comment', () => {
  expect(html('<details><summary>a</summary>\n\nb')).toBe(
    '<details><summary>a</summary><p>b</p></details>',
  )
})

test('a table keeps an escaped bar and lines up in the terminal', () => {
  const markdown = '| file | why |\n|---|---|\n| `a\\|b` | long words |\n| c | |'
  expect(html(markdown)).toContain('<td><code class="short">a|b</code></td><td>long words</td>')
  expect(text(markdown)).toEqual(['file    why', '`a|b`   long words', 'c'])
})

test('a cell of two lines stays in its column, beside signs that are two columns wide', () => {
  const markdown = '| call | time |\n|---|:-:|\n| `fetch`<br>`a.ts:1` | ✅→❌ |\n| `b` | ❌ |'
  expect(text(markdown)).toEqual([
    'call       time',
    '`fetch`    ✅→❌',
    '`a.ts:1`',
    '`b`        ❌',
  ])
})

test('a diagram is named in a terminal, not printed', () => {
  expect(text('```mermaid\nflowchart TD\n```')).toEqual(['    (a diagram: drawn on GitHub)'])
})

test('hidden comments vanish and small print stays', () => {
  const markdown = 'Said.\n\n<sub>`tl-1` · here</sub>\n\n<!-- marker -->'
  expect(text(markdown)).toEqual(['Said.', '', '`tl-1` · here'])
  expect(html(markdown)).toContain('<small><code class="short">tl-1</code> · here</small>')
})

test('words fill the width, and a full stop stays with its code', () => {
  expect(text('one two three `four five`. six', 20)).toEqual(['one two three', '`four five`. six'])
})

test('a long line of code is folded, not cut', () => {
  const long = '```\n  call(first, second, third, fourth, fifth, sixth)\n```'
  expect(text(long, 30)).toEqual([
    '      call(first, second,',
    '          third, fourth,',
    '          fifth, sixth)',
  ])
})

test('nothing steers the terminal', () => {
  const control = String.fromCharCode(27)
  expect(text(`a${control}[2Jb \`c${control}]0;x\``).join('')).not.toContain(control)
})
