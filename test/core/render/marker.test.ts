import { expect, test } from 'vitest'
import { type MarkerKeys, marker, readMarkers } from '#core/render/marker'

const key = (text: string) => new TextEncoder().encode(text.repeat(8))
const keys: MarkerKeys = [key('new!')]
const scope = { repositoryId: 7, pull: 12 }

test('a marker is found again in a body', () => {
  const body = `text\n\n${marker('review', 'abc123', scope, keys)}`
  expect(readMarkers(body, 'review', scope, keys)).toEqual(['abc123'])
})

test('a marker of another kind, pull request or repository does not count', () => {
  const body = marker('finding', 'tl-0123456789ab#2', scope, keys)
  expect(readMarkers(body, 'finding', scope, keys)).toEqual(['tl-0123456789ab#2'])
  expect(readMarkers(body, 'summary', scope, keys)).toEqual([])
  expect(readMarkers(body, 'finding', { ...scope, pull: 13 }, keys)).toEqual([])
  expect(readMarkers(body, 'finding', { ...scope, repositoryId: 8 }, keys)).toEqual([])
})

test('a marker with a changed value does not count', () => {
  const body = marker('review', 'abc123', scope, keys).replace('abc123', 'abc124')
  expect(readMarkers(body, 'review', scope, keys)).toEqual([])
})

test('a marker signed with a key that we do not have does not count', () => {
  expect(readMarkers(marker('review', 'a', scope, [key('evil')]), 'review', scope, keys)).toEqual(
    [],
  )
})

test('during a rotation the old key still verifies and the new one signs', () => {
  const old = marker('review', 'a', scope, [key('old!')])
  const rotated: MarkerKeys = [key('new!'), key('old!')]
  expect(readMarkers(old, 'review', scope, rotated)).toEqual(['a'])
  expect(marker('review', 'a', scope, rotated)).toBe(marker('review', 'a', scope, keys))
})

test('a marker is not visible in rendered markdown', () => {
  expect(marker('summary', 'a', scope, keys)).toMatch(/^<!-- [^>]* -->$/)
})
