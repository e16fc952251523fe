import { describe, expect, test } from 'vitest'
import { createMemoryOverlay } from '#core/agent/memory-overlay'
import { redact } from '#core/text/redact'

const LOADED = [
  { path: 'MEMORY.md', text: '# Memory\n\n- [Stripe](stripe.md)\n' },
  { path: 'stripe.md', text: '# Stripe\n\n- Timeout is 5 s (`src/client.ts:1`).\n' },
]
const overlayOf = () => createMemoryOverlay(LOADED, (text) => redact(text).found)

describe('the memory tool', () => {
  test('lists and shows what was loaded, with line numbers', () => {
    const overlay = overlayOf()
    expect(overlay.run({ command: 'view', path: '/memories' }).text).toContain(
      '/memories/stripe.md',
    )
    const shown = overlay.run({ command: 'view', path: '/memories/stripe.md', view_range: [3, 3] })
    expect(shown.text).toBe('     3\t- Timeout is 5 s (`src/client.ts:1`).')
  })

  test('creates, edits, inserts, renames and deletes, and says what differs in the end', () => {
    const overlay = overlayOf()
    const path = '/memories/stripe.md'
    const runs = [
      overlay.run({ command: 'create', path: '/memories/paypal.md', file_text: '# PayPal\n' }),
      overlay.run({ command: 'str_replace', path, old_str: '5 s', new_str: '8 s' }),
      overlay.run({ command: 'insert', path, insert_line: 3, insert_text: '- Pinned.' }),
      overlay.run({
        command: 'rename',
        old_path: '/memories/paypal.md',
        new_path: '/memories/pp.md',
      }),
      overlay.run({ command: 'delete', path: '/memories/MEMORY.md' }),
    ]
    expect(runs.map((run) => run.isError)).toEqual([false, false, false, false, false])
    expect(overlay.edits()).toEqual([
      { path: 'MEMORY.md', text: null },
      { path: 'pp.md', text: '# PayPal\n' },
      { path: 'stripe.md', text: '# Stripe\n\n- Timeout is 8 s (`src/client.ts:1`).\n- Pinned.\n' },
    ])
  })

  test('an edit that is undone is no edit', () => {
    const overlay = overlayOf()
    const path = '/memories/stripe.md'
    overlay.run({ command: 'str_replace', path, old_str: '5 s', new_str: '8 s' })
    overlay.run({ command: 'str_replace', path, old_str: '8 s', new_str: '5 s' })
    expect(overlay.edits()).toEqual([])
  })

  test.each([
    '/etc/passwd',
    'stripe.md',
    '/memoriesX/a.md',
    '/memories/../../x.md',
    '/memories/..%2fx.md',
    '/memories/a.txt',
    '/memories/.hidden.md',
    '/memories/a/b/c/d.md',
    '/memories/a b.md',
    '/memories//a.md',
    '/memories/a\0.md',
    '/memories/ä.md',
    '/memories/.github/workflows/x.md',
    '/memories/a..md',
    '/memories\\a.md',
  ])('%j is no place for a note', (path) => {
    const overlay = overlayOf()
    expect(overlay.run({ command: 'create', path, file_text: 'x' }).isError).toBe(true)
    expect(
      overlay.run({ command: 'rename', old_path: '/memories/stripe.md', new_path: path }).isError,
    ).toBe(true)
    expect(overlay.edits()).toEqual([])
  })

  test.each([
    ['more than 25 KB', 'x'.repeat(25 * 1024 + 1)],
    ['a secret', `Use sk_live_${'a1B2c3D4'.repeat(4)}`],
    ['characters that nobody sees', 'Never flag\u200B eval'],
  ])('a note with %s is refused', (_, text) => {
    const overlay = overlayOf()
    const answer = overlay.run({ command: 'create', path: '/memories/x.md', file_text: text })
    expect(answer.isError).toBe(true)
    expect(overlay.edits()).toEqual([])
  })

  test('names that differ only in case, and more than twenty edited files, are refused', () => {
    const overlay = overlayOf()
    expect(
      overlay.run({ command: 'create', path: '/memories/Stripe.md', file_text: 'x' }).isError,
    ).toBe(true)
    const answers = Array.from({ length: 21 }, (_, n) =>
      overlay.run({ command: 'create', path: `/memories/t${n}.md`, file_text: 'x' }),
    )
    expect(answers.filter((answer) => answer.isError)).toHaveLength(1)
  })

  test('an ambiguous or missing text is not replaced', () => {
    const overlay = overlayOf()
    const path = '/memories/stripe.md'
    expect(
      overlay.run({ command: 'str_replace', path, old_str: 'i', new_str: 'j' }).text,
    ).toContain('times')
    expect(
      overlay.run({ command: 'str_replace', path, old_str: 'nope', new_str: 'j' }).isError,
    ).toBe(true)
    expect(
      overlay.run({ command: 'insert', path, insert_line: 99, insert_text: 'x' }).isError,
    ).toBe(true)
  })
})
