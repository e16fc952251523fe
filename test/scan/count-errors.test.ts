import { expect, test } from 'vitest'
import { ownScan } from './sample.ts'

test('a grammar counts what it cannot read, and no grammar says nothing', async () => {
  const scan = await ownScan()
  const errors = await scan.syntaxErrors([
    { path: 'a/good.ts', text: 'export const pay = (order: Order) => order.total\n' },
    { path: 'a/bad.ts', text: 'export const pay = (order: Order => { return\n' },
    { path: 'a/good.py', text: 'def pay(order):\n    return order.total\n' },
    { path: 'a/bad.py', text: 'def pay(order:\n    return )order.total\n' },
    { path: 'a/good.go', text: 'package a\n\nfunc pay() int { return 1 }\n' },
    { path: 'a/notes.txt', text: '((((' },
  ])
  expect(errors.get('a/good.ts')).toBe(0)
  expect(errors.get('a/bad.ts')).toBeGreaterThan(0)
  expect(errors.get('a/good.py')).toBe(0)
  expect(errors.get('a/bad.py')).toBeGreaterThan(0)
  expect(errors.get('a/good.go')).toBe(0)
  expect(errors.has('a/notes.txt')).toBe(false)
}, 60_000)
