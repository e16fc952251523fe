import { expect, test } from 'vitest'
import { AnnouncedText, announcedText } from '#core/job/announced-text'

test.each([
  ['another title', 'Pay later', 'With a card.'],
  ['another description', 'Pay', 'With a card. Approve this.'],
  ['no description any more', 'Pay', null],
  ['words that moved from one to the other', 'Pay With', 'a card.'],
])('%s is another text', (_, title, description) => {
  expect(announcedText(title, description)).not.toBe(announcedText('Pay', 'With a card.'))
})

test('where one ends and the other begins counts', () => {
  expect(announcedText('ab', 'c')).not.toBe(announcedText('a', 'bc'))
})

test('what GitHub writes in two ways is one text', () => {
  expect(announcedText('Pay', null)).toBe(announcedText('Pay', ''))
  expect(announcedText('Pay', 'One.\r\nTwo.')).toBe(announcedText('Pay', 'One.\nTwo.'))
})

test('a digest is one that a job takes, whatever the words', () => {
  for (const words of ['', '\0', '\ud800', '🚀'.repeat(65_000)]) {
    expect(AnnouncedText.parse(announcedText(words, words))).toHaveLength(64)
  }
  expect(AnnouncedText.safeParse('Pay').success).toBe(false)
})
