import { describe, expect, test } from 'vitest'
import { decisionAbout, modified, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()

describe('a host and a word that stand beside the change', () => {
  const path = 'src/main/java/app/AppearanceService.java'
  const speaking = '    links.add("https://api.stripe.com/v1");\n    limits.check(apiKey);\n'
  const text = `class AppearanceService {\n  void draw() {\n    theme.load();\n${speaking}  }\n}\n`
  const about = (line: number, lines: readonly string[]) =>
    decisionAbout(modified(path, lines, line), { catalog, sources: new Map([[path, text]]) })

  test('do not make a file one about an integration', () => {
    expect(about(3, ['+    theme.load();']).decision).toBe('skipped')
  })

  test('do where they are what the change is about', () => {
    const lines = speaking.trimEnd().split('\n')
    expect(
      about(
        4,
        lines.map((line) => `+${line}`),
      ).decision,
    ).toBe('selected')
  })
})

test('what a page may load is no call to another system', () => {
  const policy = `+      res.set('Policy', "script-src 'self' https://js.stripe.com https://api.stripe.com")`
  const file = modified('src/pages.ts', [policy])
  expect(decisionAbout(file, { catalog }).decision).toBe('skipped')
})

test('a class of mails is one by its name', () => {
  const file = modified('src/main/java/app/Mailer.java', ['+  String subject();'])
  expect(decisionAbout(file, { catalog }).decision).toBe('selected')
})

describe('a package of somebody else', () => {
  const moved = (line: string) =>
    decisionAbout(modified('composer.json', [line]), { catalog }).decision

  test('is a client of the provider whose name it carries', () => {
    expect(moved('+    "alek13/slack": "^1.7",')).toBe('selected')
  })

  test.each([
    ['a word of every language', '+    "acme/square": "^1.7",'],
    ['a stand-in for tests', '+    "acme/slack-mock": "^1.7",'],
    ['the owner alone', '+    "slack/colors": "^1.7",'],
  ])('is nothing by %s', (_, line) => {
    expect(moved(line)).toBe('skipped')
  })
})
