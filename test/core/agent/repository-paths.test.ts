import { describe, expect, test } from 'vitest'
import { faultOfPath, isWithheld } from '#core/agent/repository-paths'

/** What tries to leave a repository, or to pass for something else. */
const HOSTILE: readonly string[] = [
  '',
  '/',
  '/etc/passwd',
  '/proc/self/environ',
  '//server/share',
  '.',
  '..',
  './a',
  '../a',
  'a/..',
  'a/../b',
  'a/./b',
  'a//b',
  'a/',
  '~',
  '~/.ssh/id_rsa',
  '~root/x',
  'a\\b',
  '..\\..\\windows\\win.ini',
  'C:/windows',
  'c:\\x',
  'file:///etc/passwd',
  'https://169.254.169.254/',
  'http://localhost/',
  'data:text/plain,x',
  'a\0b',
  'a\nb',
  'a\rb',
  'a\tb',
  'a/%2e%2e/b',
  '%2E%2E/b',
  'a%2fb',
  'a%5Cb',
  'a%00b',
  '%252e%252e/b',
  '.git/config',
  'a/.GIT/hooks/x',
  'a\u202Eb',
  'a\u200Bb',
  '\u2024\u2024/b',
  '\uFF0E\uFF0E/b',
  'a\u2215b',
  ' .. /b',
  'x'.repeat(256),
  `${'a/'.repeat(3_000)}b`,
]

describe('paths', () => {
  test.each(HOSTILE.map((path) => [path.slice(0, 40), path]))('%j is refused', (_, path) => {
    expect(faultOfPath(path)).not.toBeNull()
  })

  test.each([
    'src/a.ts',
    'docs/über uns.md',
    '.github/workflows/ci.yml',
    'a/...b/c',
    'app/[id]/page.tsx',
  ])('%j is a path of a repository', (path) => {
    expect(faultOfPath(path)).toBeNull()
  })
})

describe('files that hold credentials', () => {
  test.each([
    '.env',
    'a/.env.production',
    '.ENV',
    'certs/server.pem',
    'id_rsa',
    '.ssh/config',
    'id_ed25519.pub',
    'store.p12',
    'credentials',
    'config/credentials.json',
    'credentials.yml.enc',
    '.npmrc',
    '.netrc',
    '.aws/credentials',
    'terraform.tfstate',
    'service-account-prod.json',
    'secrets.yaml',
    'tls.key',
  ])('%s is withheld', (path) => {
    expect(isWithheld(path)).toBe(true)
  })

  test.each([
    'src/credentials.ts',
    'id_generator.py',
    'src/environment.ts',
    'package.json',
    'keys.md',
  ])('%s is source and is not withheld', (path) => {
    expect(isWithheld(path)).toBe(false)
  })
})
