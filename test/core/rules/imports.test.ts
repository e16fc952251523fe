import { describe, expect, test } from 'vitest'
import type { Fact } from '#core/facts/fact'
import type { CodeFile } from '#core/rules/code'
import { candidatesFor, importsOf, packageOf } from '#core/rules/imports'

function file(path: string, imports: readonly Partial<Fact>[]): CodeFile {
  const language = path.endsWith('.py') ? 'python' : 'typescript'
  const facts = imports.map(
    (one): Fact => ({
      kind: 'import',
      by: 'module',
      path,
      language,
      line: 1,
      endLine: 1,
      start: 0,
      end: 1,
      text: '',
      scope: null,
      captures: {},
      spans: {},
      args: [],
      ...one,
    }),
  )
  return { path, language, text: '', lines: [], facts }
}

describe('names from other modules', () => {
  test.each([
    ['axios', [['axios', 'default']]],
    ['* as http', [['http', '*']]],
    [
      '{ get, post as send }',
      [
        ['get', 'get'],
        ['send', 'post'],
      ],
    ],
    [
      'main, { type Kind, other }',
      [
        ['Kind', 'Kind'],
        ['other', 'other'],
        ['main', 'default'],
      ],
    ],
    ['{ get: fetchIt }', [['fetchIt', 'get']]],
  ])('of the clause %s', (clause, expected) => {
    const names = importsOf(file('a.ts', [{ captures: { module: "'./m'", clause } }]))
    expect(names.map((one) => [one.local, one.name])).toEqual(expected)
    expect(names.every((one) => one.module === './m')).toBe(true)
  })

  test.each([
    ['import requests', [['requests', '*', 'requests']]],
    [
      'import a.b as c, d',
      [
        ['c', '*', 'a.b'],
        ['d', '*', 'd'],
      ],
    ],
    [
      'from .http import (\n  api,  # shared\n  other as o,\n)',
      [
        ['api', 'api', '.http'],
        ['o', 'other', '.http'],
      ],
    ],
  ])('of the statement %s', (text, expected) => {
    const names = importsOf(file('a.py', [{ text }]))
    expect(names.map((one) => [one.local, one.name, one.module])).toEqual(expected)
  })

  test('a type is no value', () => {
    const captures = { module: "'m'", clause: '{ A }' }
    expect(importsOf(file('a.ts', [{ text: "import type { A } from 'm'", captures }]))).toEqual([])
  })

  test('a clause that is no name is left out', () => {
    const captures = { module: "'m'", clause: '{ a: { b: (+ } }', member: 'x' }
    expect(importsOf(file('a.ts', [{ captures }]))).toEqual([])
  })
})

test('a package is named without what stands below it', () => {
  expect(packageOf('@slack/web-api/dist/x', 'typescript')).toBe('@slack/web-api')
  expect(packageOf('node:https', 'typescript')).toBe('https')
  expect(packageOf('google.cloud.storage', 'python')).toBe('google')
  expect(packageOf('./stripe', 'typescript')).toBeNull()
  expect(packageOf('aws_sdk_sqs::Client', 'rust')).toBe('aws_sdk_sqs')
  expect(packageOf('github.com/stripe/stripe-go/v76', 'go')).toBe('github.com/stripe/stripe-go/v76')
})

describe('where a module of the repository may stand', () => {
  test('next to the file, above it, or in src', () => {
    expect(candidatesFor('src/a/b.ts', '../lib/http.js', 'typescript')[0]).toBe('src/lib/http.ts')
    expect(candidatesFor('src/a/b.ts', '@/lib/http', 'typescript')).toContain('src/lib/http.ts')
    expect(candidatesFor('src/a/b.ts', '@/lib/http', 'typescript')).toContain('lib/http.ts')
  })

  test('for Python below each folder above the file', () => {
    expect(candidatesFor('shop/app/views.py', 'app.http', 'python')).toContain('shop/app/http.py')
    expect(candidatesFor('shop/app/views.py', '.http', 'python')).toEqual([
      'shop/app/http.py',
      'shop/app/http/__init__.py',
    ])
    expect(candidatesFor('shop/app/views.py', '..http', 'python')[0]).toBe('shop/http.py')
  })

  test('for Java and Kotlin below the source root, where the company is the same', () => {
    const from = 'app/src/main/java/com/acme/crm/Sync.java'
    expect(candidatesFor(from, 'com.acme.net.Http', 'java')).toEqual([
      'app/src/main/java/com/acme/net/Http.java',
      'app/src/main/java/com/acme/net/Http.kt',
    ])
    expect(candidatesFor(from, 'com.stripe.model.Charge', 'java')).toEqual([])
    expect(candidatesFor('Sync.kt', 'com.acme.net.Http', 'kotlin')).toEqual([])
  })

  test('for PHP where PSR-4 keeps the own namespace, and nowhere for a vendor', () => {
    const controller = 'app/Http/Controllers/Pay.php'
    expect(candidatesFor(controller, 'App\\Net\\Http', 'php')).toEqual([
      'app/Net/Http.php',
      'src/Net/Http.php',
    ])
    expect(candidatesFor(controller, 'Illuminate\\Http\\Request', 'php')).toEqual([])
    expect(candidatesFor('src/Pay.php', 'Acme\\Net\\Http', 'php')).toEqual(['src/Net/Http.php'])
    expect(candidatesFor('packages/Acme/Net/src/Web/Pay.php', 'Acme\\Net\\Http', 'php')).toEqual([
      'packages/Acme/Net/src/Http.php',
    ])
    expect(candidatesFor('app/code/Acme/Net/Pay.php', 'Acme\\Net\\Http', 'php')).toEqual([
      'app/code/Acme/Net/Http.php',
    ])
    expect(candidatesFor('packages/Acme/Net/src/Pay.php', 'Other\\Net\\Http', 'php')).toEqual([])
  })

  test('nowhere in languages whose modules name no file', () => {
    for (const language of ['go', 'ruby', 'csharp', 'rust'] as const)
      expect(candidatesFor('a/b.x', 'acme/http', language)).toEqual([])
  })

  test('never outside of it', () => {
    expect(candidatesFor('a.ts', '../../etc/passwd', 'typescript')).toEqual([])
    expect(candidatesFor('a.py', '....etc', 'python')).toEqual([])
  })

  test('nowhere for a package', () => {
    expect(candidatesFor('src/a.ts', 'axios', 'typescript')).toEqual([])
  })
})
