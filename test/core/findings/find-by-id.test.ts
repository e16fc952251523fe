import { expect, test } from 'vitest'
import { findById } from '#core/findings/find-by-id'
import { finding } from '../../support/builders.ts'

const one = finding({ id: 'tl-0123456789ab' })
const twin = finding({ id: 'tl-0123456789ab#2' })
const other = finding({ id: 'tl-0123ffffffff' })
const all = [one, twin, other]

test.each([
  ['tl-0123ff', other],
  ['0123ff', other],
  ['tl-0123456789ab', one],
  ['tl-0123456789ab#2', twin],
])('%s names one finding', (written, found) => {
  expect(findById(all, written)).toEqual({ kind: 'found', finding: found })
})

test('letters that begin several ids name none of them', () => {
  expect(findById(all, 'tl-0123')).toEqual({ kind: 'several', ids: all.map(({ id }) => id) })
  expect(findById(all, 'tl-999999')).toEqual({ kind: 'none' })
})
