import { expect, test } from 'vitest'
import { parseSettings } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS, SETTINGS_PATH } from '#core/settings/settings'
import { effectiveSettings } from '#core/settings/settings-lines'

const text =
  'review:\n  # fewer\n  max_comments: 3\nrules: { timeout: off }\ninstructions: |\n  Be kind.\n'

test('each setting comes with its value and the line that gave it', () => {
  const source = { path: SETTINGS_PATH, text }
  const read = parseSettings(source)
  if (!read.ok) throw new Error('the sample is wrong')
  const settings = effectiveSettings(read.value, source)
  const written = settings.filter(({ line }) => line !== null)
  expect(written.map(({ key, line }) => [key, line])).toEqual([
    ['review.max_comments', 3],
    ['rules', 4],
    ['instructions', 5],
  ])
  expect(written[0]?.value).toBe(3)
  expect(settings.find(({ key }) => key === 'budget.usd_per_day')).toEqual({
    ...{ key: 'budget.usd_per_day', value: 50, line: null },
  })
})

test('without a file everything is a default', () => {
  expect(effectiveSettings(DEFAULT_SETTINGS, null).every(({ line }) => line === null)).toBe(true)
})
