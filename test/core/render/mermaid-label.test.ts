import { expect, test } from 'vitest'
import { mermaidLabel } from '#core/render/mermaid-label'

test.each([
  ['Stripe', 'Stripe'],
  ['POST /webhooks/stripe', 'POST /webhooks/stripe'],
  ['POST /sessions/end', 'POST /sessions/end'],
  ['STRIPE_API_KEY', 'STRIPE_API_KEY'],
  ['a__b', 'a__b'],
  ['v1.2 (beta)', 'v1.2 (beta)'],
  ['2. Bundesliga', '2#46; Bundesliga'],
  ['2)', '2#41;'],
  ['- dash', '#45; dash'],
  ['pre-paid', 'pre-paid'],
  ['__init__.py line 3', '#95;#95;init#95;#95;.py line 3'],
  ['_a_', '#95;a#95;'],
  ['https://www.example.com/a', 'https //www#46;example.com/a'],
  ['WWW.example.com', 'WWW#46;example.com'],
])('%j is read as itself, and not as markdown, where it says %j', (text, label) => {
  expect(mermaidLabel(text)).toBe(label)
})

test('what is syntax in a diagram becomes a blank, and what is hidden goes', () => {
  expect(mermaidLabel('"] --> x; <img src=x> | %%\n`y`')).toBe('#45;- x img src x y')
  expect(mermaidLabel('pay\u115Fment\u3164')).toBe('payment')
})

test('letters of every script keep their marks', () => {
  expect(mermaidLabel('हिन्दी שָׁלוֹם')).toBe('हिन्दी שָׁלוֹם')
})

test('a label has 60 characters at most, as they are read', () => {
  expect(mermaidLabel('n'.repeat(61))).toBe(`${'n'.repeat(59)}…`)
  expect(mermaidLabel('_'.repeat(61))).toBe(`${'#95;'.repeat(59)}…`)
})

test('a name without anything to show has an ellipsis', () => {
  for (const nothing of ['', ' \n', '"', '👩‍💻', '\u3164']) expect(mermaidLabel(nothing)).toBe('…')
})
