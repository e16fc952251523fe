import { describe, expect, test } from 'vitest'
import { isMetBy } from '#core/facts/need'
import { neededByRegex } from '#core/facts/needed-by-regex'

const meets = (regex: string, text: string) => isMetBy(neededByRegex(regex), text.toLowerCase())

describe('a text that lacks what an expression asks for is known not to match', () => {
  test.each([
    ['^stripe$', 'const a = paypal()'],
    ['^(get|post)$', 'app.delete(path)'],
    ['(?i)^webhook', 'hook of the web'],
    ['verif(y|ied)Sign', 'verifySomething'],
    ['(ab)+c\\.create', 'create ab'],
    ['^https?://api\\.', 'https://www.shop.io'],
    ['[\'"]secret[\'"]', 'const word = 1'],
  ])('%s in %s', (regex, text) => {
    expect(meets(regex, text)).toBe(false)
  })
})

describe('a text that may match is never given up', () => {
  test.each([
    ['^stripe$', 'import Stripe from "stripe"'],
    ['(?i)API_?KEY', 'const apikey = 1'],
    ['colou?r', 'color'],
    ['(?:async )?fetch', 'fetch(url)'],
    ['a{0,2}bc', 'bc'],
    ['x|', 'nothing of it'],
    ['[sS]ecret', 'Secret'],
    ['\\bre(?:q|s)\\b', 'res.send()'],
    ['a.c\\d+', 'abc12'],
  ])('%s in %s', (regex, text) => {
    expect(meets(regex, text)).toBe(true)
  })
})

test.each([
  '\\p{L}oo',
  '[[:alpha:]]oo',
  '[a-z&&[^b]]oo',
  '(?x) a b',
  '(?P<name>oo)',
  'oo\\z',
  '\\x{6f}\\x{6f}',
  '(oo',
])('%s, which is read otherwise in JavaScript, asks for nothing', (regex) => {
  expect(meets(regex, '')).toBe(true)
})
