import { describe, expect, test } from 'vitest'
import { added, decisionAbout, modified, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const about = (path: string, text: string) => decisionAbout(added(path, text), { catalog })

describe('settings', () => {
  test.each([
    ['a dotted key of a kind of outside system', 'application.properties', 'acme.files.s3.mode=a'],
    ['the same, shown in a comment', 'application.properties', '# acme.files.s3.mode=a'],
    [
      'what may be called within one’s own network',
      '.env.example',
      'ALLOW_PRIVATE_NETWORK_CALLS=1',
    ],
    ['the buckets of a kind', '.env.example', 'ACME_GCS_PROJECT=x'],
  ])('%s is read', (_, path, text) => {
    expect(about(path, text).decision).toBe('selected')
  })

  test.each([
    ['a dotted key of one’s own', 'application.properties', 'acme.files.local.mode=a'],
    ['what may be shown to the public', '.env.example', 'ALLOW_PRIVATE_BOARDS=1'],
  ])('%s is not', (_, path, text) => {
    expect(about(path, text).decision).toBe('skipped')
  })

  test('an environment called `test` is set up like the others', () => {
    const lines = ['   orders = 1', '-  webhooks = 1', '+  webhooks = 2']
    const decide = (path: string) => decisionAbout(modified(path, lines), { catalog }).decision
    expect(decide('terraform/test/queues.tf')).toBe('selected')
    expect(decide('terraform/production/queues.tf')).toBe('selected')
  })
})

describe('models of language', () => {
  test.each([
    ['composer.json', '  "laravel/ai": "^0.2"'],
    ['composer.json', '  "openai-php/laravel": "^0.18"'],
    ['src/Writer.php', '<?php\nuse Laravel\\Ai\\Image;\n$image = Image::of($prompt)->generate();'],
    ['src/Writer.cs', 'using Microsoft.Extensions.AI;\nclass W { IChatClient chat; }'],
  ])('are asked in %s by %s', (path, text) => {
    expect(about(path, text).decision).toBe('selected')
  })

  test('are not asked by a package whose name only begins so', () => {
    expect(about('composer.json', '  "acme/aisle": "^1.0"').decision).toBe('skipped')
  })
})

test('an address that is looked at before it is called is enough', () => {
  const text = 'static class Net {\n  bool Ok(IPAddress ip) => !ip.IsPrivate;\n}'
  expect(about('src/Net/Check.cs', text).decision).toBe('selected')
  expect(about('src/Net/Check.cs', text.replace('ip.', 'board.')).decision).toBe('skipped')
})
