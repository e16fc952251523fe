import { describe, expect, test } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import { hopHits, selectedModules } from '#core/filter/one-hop'
import { createPathIndex } from '#core/filter/path-index'
import { readEdges } from '#core/filter/read-edges'
import { added, decisionAbout, modified, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decide = (file: FileDiff) => decisionAbout(file, { catalog }).decision

const CLIENT_IN_YAML = [
  'id: harbour',
  'links:',
  '  - https://harbour.cc/',
  'login:',
  '  path: /login',
  'search:',
  '  paths:',
  '    - path: /browse',
  '  rows:',
  '    selector: tr.item',
].join('\n')

describe('declarative files', () => {
  test.each([
    ['the description of requests to another site', 'definitions/harbour.yml', CLIENT_IN_YAML],
    ['a mail setting of a sample', '.env.example', 'MAIL_PORT=587'],
    ['a sample of a settings file', 'config.toml.sample', 'smtp_host = "localhost"'],
    ['a directory’s setting of a stack', 'compose.yml', '      - APP_LDAP_DN=cn=x'],
  ])('%s is read', (_, path, text) => {
    expect(decide(added(path, text))).toBe('selected')
  })

  test.each([
    ['a site’s own address', 'mkdocs.yml', 'site_url: https://acme.dev\nnav:\n  path: x\n'],
    [
      'probes and paths without an address',
      'pages.yml',
      'login:\n  path: /login\nrows:\n  - a\nmethod: get',
    ],
    ['a port of the program itself', '.env.example', 'PORT=8080'],
  ])('%s is not', (_, path, text) => {
    expect(decide(added(path, text))).toBe('skipped')
  })

  test('a long description is read for an edit in its middle', () => {
    const text = `${CLIENT_IN_YAML}\n${'    x: y\n'.repeat(600)}`
    const file = modified('definitions/harbour.yml', ['+    selector: tr.item'], 10)
    const decision = decisionAbout(file, { catalog, sources: new Map([[file.path, text]]) })
    expect(decision.decision).toBe('selected')
  })

  test('a pipeline is read for a secret that it takes, not for a step', () => {
    const pipeline = (line: string) => decide(modified('.woodpecker.yml', [line]))
    expect(pipeline('+      from_secret: registry_token')).toBe('selected')
    expect(pipeline('+      - cargo test --workspace')).toBe('skipped')
  })

  test('a lane of a store’s upload is read for its key file', () => {
    const lane = (line: string) => decide(modified('fastlane/Appfile', [line]))
    expect(lane('+json_key_file("secrets/play.json")')).toBe('selected')
    expect(lane('+package_name("dev.acme.app")')).toBe('skipped')
  })
})

test('a credential that only gains a comma for the next entry is not what the change is about', () => {
  const env = (line: string) => decide(modified('turbo.json', ['-    "STRIPE_API_KEY"', line]))
  expect(env('+    "STRIPE_API_KEY",')).toBe('skipped')
  expect(env('+    "STRIPE_API_TOKEN"')).toBe('selected')
})

describe('manifests', () => {
  test.each([
    ['a client of HTTP in Gradle’s catalogue', 'build.gradle.kts', '    api(libs.square.retrofit)'],
    ['a mail library', 'Gemfile', "gem 'net-imap'\ngem 'omniauth-saml'"],
    ['a client of HTTP of PHP', 'composer.json', '        "guzzlehttp/guzzle": "^7.0",'],
  ])('%s is read', (_, path, text) => {
    expect(
      decide(
        modified(
          path,
          text.split('\n').map((line) => `+${line}`),
        ),
      ),
    ).toBe('selected')
  })

  test.each([
    ['a scanner of codes', 'build.gradle.kts', '    api(libs.zxing.core)'],
    ['a stand-in for a client', 'build.gradle.kts', '    api(libs.okhttp.mockwebserver)'],
    ['a provider’s editor mode', 'package.json', '    "@shopify/lang-jsonc": "^1.0.0",'],
  ])('%s is not', (_, path, line) => {
    expect(decide(modified(path, [`+${line}`]))).toBe('skipped')
  })
})

describe('code', () => {
  test('settings of mail are what their file is for, settings of views are not', () => {
    const settings = (name: string) => decide(modified(`app/Config/${name}.php`, ["+'x' => 1,"]))
    expect(settings('mail')).toBe('selected')
    expect(settings('view')).toBe('skipped')
  })

  test('a class of messages is no translation', () => {
    const text =
      '<?php\nuse Illuminate\\Notifications\\Messages\\MailMessage;\nclass Updated extends Base {}'
    expect(decide(added('app/Messages/UpdatedNotification.php', text))).toBe('selected')
    expect(decide(added('app/messages/en.php', text))).toBe('skipped')
  })

  test('a mail that is drawn with an element is sent by a server', () => {
    const job = (react: string) =>
      `import { ${react} } from 'react'\nawait mailer.sendMail({ to, html: render(${react}) })`
    expect(decide(added('lib/jobs/send-due.ts', job('createElement')))).toBe('selected')
    expect(decide(added('lib/jobs/send-due.ts', job('useState')))).toBe('skipped')
  })

  test('what only the tests of a Rust module use says nothing of it', () => {
    const text = (mark: string) =>
      `pub struct Claims;\n${mark}mod tests {\n  use reqwest::Client;\n}`
    expect(decide(added('src/claims.rs', text('')))).toBe('selected')
    expect(decide(added('src/claims.rs', text('#[cfg(test)]\n#[expect(x)]\n')))).toBe('skipped')
  })

  test('who accepts sockets serves its own clients', () => {
    const text = (more: string) => `import { WebSocket } from 'ws'\n${more}`
    expect(decide(added('src/live.ts', text('new WebSocket(url)')))).toBe('selected')
    expect(decide(added('src/live.ts', text('new WebSocketServer({ server })')))).toBe('skipped')
  })

  test('who reads specifications knows their words and calls nobody', () => {
    const text = (module: string) =>
      `import type { Flow } from '${module}'\nconst flow = { tokenUrl, oauth: { clientSecret, apiKey } }`
    expect(decide(added('src/import/flow.ts', text('./flow')))).toBe('selected')
    expect(decide(added('src/import/flow.ts', text('openapi-types')))).toBe('skipped')
  })

  test('a service that no pack describes is known by its name', () => {
    const text = 'export function handle() {\n  return signIn(duoCallback)\n}'
    expect(decide(added('src/sign_in_duo.ts', text))).toBe('selected')
    expect(decide(added('src/sign_in_duet.ts', text.replace('duo', 'duet')))).toBe('skipped')
  })

  test('a method that is called fetch is not the function of that name', () => {
    const text = (line: string) => `export class Rows {\n  ${line}\n}`
    expect(decide(added('src/rows.ts', text('all = () => fetch(address)')))).toBe('selected')
    expect(decide(added('src/rows.ts', text('async fetch(id: string) {')))).toBe('skipped')
  })

  test('a view model draws, whatever keys it shows', () => {
    const text = (module: string) =>
      `import ${module}\nclass Aliases {\n  val apiKey = ""\n  val accessToken = ""\n  val clientSecret = ""\n}`
    expect(decide(added('a/Aliases.kt', text('acme.Keys')))).toBe('selected')
    expect(decide(added('a/Aliases.kt', text('androidx.lifecycle.ViewModel')))).toBe('skipped')
  })

  test('views of a site follow the change, whatever they import', () => {
    const text = `import requests\n${'def page(r):\n    return r\n'.repeat(40)}`
    const file = modified('shop/views.py', ['+    return r'], 9)
    const about = (path: string) =>
      decisionAbout({ ...file, path }, { catalog, sources: new Map([[path, text]]) }).decision
    expect(about('shop/views.py')).toBe('skipped')
    expect(about('shop/fetch.py')).toBe('selected')
  })
})

describe('a class that extends another one', () => {
  const bases = (path: string, text: string, index: readonly string[]) =>
    readEdges(added(path, text), text, createPathIndex(index)).filter(({ heir }) => heir)

  test.each([
    ['Java', 'src/geo/Here.java', 'class Here extends Json<A> {', 'src/geo/Json.java'],
    ['C#', 'src/Sites/Harbour.cs', 'public class Harbour : BaseSite', 'src/Base/BaseSite.cs'],
    ['Kotlin', 'src/a/Push.kt', 'class Push(\n  x: Y,\n) : Sender(x) {', 'src/b/Sender.kt'],
    ['Ruby', 'app/jobs/push.rb', 'class Push < Sender', 'app/jobs/sender.rb'],
    ['Python', 'src/push.py', 'class Push(Sender):', 'src/sender.py'],
    ['PHP', 'app/Push.php', 'final class Push extends Sender', 'app/Sender.php'],
    ['TypeScript', 'src/push.ts', 'export class Push extends BaseSender {', 'src/base-sender.ts'],
  ])('is known as its heir in %s', (_, path, text, to) => {
    expect(bases(path, text, [to]).map((edge) => edge.to)).toEqual([to])
  })

  test('is none of two of the same name, nor of what everything extends', () => {
    expect(bases('src/a.py', 'class A(Sender):', ['src/b/sender.py', 'src/c/sender.py'])).toEqual(
      [],
    )
    expect(bases('src/a.py', 'class A(BaseModel):', ['src/base_model.py'])).toEqual([])
  })

  test('is an integration where the other one surely is', () => {
    const file = added('src/geo/Here.java', 'class Here extends Json {}')
    const [edge] = bases(file.path, 'class Here extends Json {}', ['src/geo/Json.java'])
    const hits = (sure: boolean) =>
      hopHits(
        file,
        edge === undefined ? [] : [edge],
        new Map([
          [
            'src/geo/Json.java',
            { because: 'calls out: fetch', provider: null, sure, byFolder: false },
          ],
        ]),
      )
    const about = (sure: boolean) =>
      decisionAbout(file, { catalog, hints: new Map([[file.path, hits(sure)]]) }).decision
    expect(about(true)).toBe('selected')
    expect(about(false)).toBe('skipped')
  })
})

test('a place where everything meets makes no integration of those who use it', () => {
  const one = { decision: 'selected' as const, score: 0.9, providers: [] }
  const reasons = [{ signal: 'outbound-call', detail: 'fetch', line: 1 }]
  const modules = (path: string) => selectedModules([{ ...one, path, reasons }]).size
  expect(modules('src/radio.rs')).toBe(1)
  expect(modules('src/context.rs')).toBe(0)
})
