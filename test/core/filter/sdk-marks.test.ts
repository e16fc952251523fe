import { describe, expect, test } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import { added, decisionAbout, modified, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decide = (file: FileDiff) => decisionAbout(file, { catalog }).decision
const edited = (path: string, changed: string, text: string) =>
  decisionAbout(modified(path, [`+${changed}`], 1), { catalog, sources: new Map([[path, text]]) })
    .decision

describe('a client of a library that nobody knows', () => {
  test.each([
    [
      'is told by the key that it is made with',
      'src/lib/beacon.ts',
      [
        "import { Beacon } from 'beacon-io'",
        'export const beacon = new Beacon({',
        '  region: "eu",',
        '  token: process.env.BEACON_TOKEN,',
        '})',
      ],
    ],
    [
      'is told so in Python',
      'app/beacon.py',
      ['import os', 'from beacon import Beacon', 'client = Beacon(os.environ["BEACON_API_KEY"])'],
    ],
  ])('%s', (_, path, lines) => {
    expect(decide(added(path, lines.join('\n')))).toBe('selected')
  })

  test.each([
    ['a session is signed by one’s own key', 'new Session({', 'secret: process.env.SESSION_KEY'],
    ['a cache is one’s own', 'new Redis({', 'token: process.env.UPSTASH_REDIS_TOKEN'],
    ['a key alone makes nothing', 'const options = {', 'key: process.env.BEACON_ROW_KEY'],
  ])('%s', (_, opening, line) => {
    expect(decide(added('src/lib/x.ts', `export const x = ${opening}\n  ${line},\n}`))).toBe(
      'skipped',
    )
  })
})

describe('reports to a monitor', () => {
  test('who sets the monitor up is read', () => {
    const text = "Rollbar.configure do |config|\n  config.access_token = ENV['ROLLBAR_TOKEN']\nend"
    expect(decide(added('config/initializers/rollbar.rb', text))).toBe('selected')
  })

  test('who only reports what went wrong is not', () => {
    const text = 'rescue StandardError => e\n  Rollbar.warning(e)\nend'
    expect(decide(added('app/controllers/orders_controller.rb', text))).toBe('skipped')
  })

  test('a call of an on-call service is no report of that sort', () => {
    const text = 'Opsgenie.create_alert(message)\nOpsgenie.close_alert(id)'
    expect(decide(added('app/models/outage.rb', text))).toBe('selected')
  })
})

describe('secrets of pipelines', () => {
  test.each([
    ['a registry’s password', '+      DOCKER_PASSWORD: ${{ secrets.DOCKER_PASSWORD }}'],
    ['secrets that a called workflow takes', '+    secrets:'],
  ])('%s is read', (_, line) => {
    expect(decide(modified('.github/workflows/release.yml', [line]))).toBe('selected')
  })

  test('the token that every run is given is not', () => {
    const line = '+          GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}'
    expect(decide(modified('.github/workflows/release.yml', [line]))).toBe('skipped')
  })
})

describe('packages by their names', () => {
  test.each([
    ['an alias of an HTTP client', 'gradle/libs.versions.toml', '+okhttp = "4.12.0"'],
    ['a pool of SMTP connections', 'go.mod', '+\tgithub.com/acme/smtppool v1.2.1'],
  ])('%s is read', (_, path, line) => {
    expect(decide(modified(path, [line]))).toBe('selected')
  })

  test.each([
    ['an alias of a test library', 'gradle/libs.versions.toml', '+mockito = "5.2.0"'],
    ['a pool of workers', 'go.mod', '+\tgithub.com/acme/workerpool v1.2.1'],
  ])('%s is not', (_, path, line) => {
    expect(decide(modified(path, [line]))).toBe('skipped')
  })
})

describe('where files stand', () => {
  test('an operation of an API that is described in code is read', () => {
    const text = "export const listOrders = { operationId: 'listOrders' }"
    expect(decide(added('src/openapi/orders/list-orders.ts', text))).toBe('selected')
    expect(decide(added('src/orders/list-orders.ts', text))).toBe('skipped')
  })

  test('a controller of callbacks is read, one of orders is not', () => {
    const text = 'public class X : Controller {}'
    expect(decide(added('src/WalletCallbackController.cs', text))).toBe('selected')
    expect(decide(added('src/WalletController.cs', text))).toBe('skipped')
  })

  test('the settings of a test runner are a test’s', () => {
    const text =
      'export default { retries: 1, use: { baseURL: x }, workers: process.env.GITHUB_ACTIONS ? 1 : 2 }'
    expect(decide(added('apps/web/playwright.config.ts', text))).toBe('skipped')
  })

  test('a long file is read for what it changes, not for what else it does', () => {
    const client = 'using System.Net.Http;\nvar a = new HttpClient();\n'
    const text = `${client}${'call(x);\n'.repeat(1200)}${client.repeat(12)}`
    const path = 'src/Orders.cs'
    expect(edited(path, 'var total = 1;', `var total = 1;\n${text}`)).toBe('skipped')
    expect(edited(path, 'var b = new HttpClient();', `var b = new HttpClient();\n${text}`)).toBe(
      'selected',
    )
  })

  test('a package’s own face is read for what it changes', () => {
    const text = "__version__ = '9'\nfrom flask_mail import Mail\nimport requests\nmail = Mail()"
    expect(edited('acme/__init__.py', "__version__ = '9'", text)).toBe('skipped')
    expect(edited('acme/mails.py', "__version__ = '9'", text)).toBe('selected')
  })
})
