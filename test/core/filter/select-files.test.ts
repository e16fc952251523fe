import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import { selectFiles } from '#core/filter/select-files'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { added, decisionAbout, modified, removed, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decide = (file: FileDiff) => decisionAbout(file, { catalog })

describe('code is selected for what it does', () => {
  test.each([
    [
      'TypeScript import',
      'src/a.ts',
      "import Stripe from 'stripe'\nexport const s = new Stripe(key)",
    ],
    ['CommonJS require', 'src/a.js', "const client = require('twilio')(sid, token)"],
    ['Python import', 'app/a.py', 'from slack_sdk import WebClient\nclient = WebClient(token)'],
    ['Go import', 'pkg/a.go', 'import (\n\t"github.com/stripe/stripe-go/v76"\n)\n'],
    ['Java import', 'src/A.java', 'import com.stripe.model.Charge;\nclass A {}'],
    ['Ruby constant without require', 'app/a.rb', 'Stripe::Charge.create(amount: 1)'],
    ['PHP use', 'src/A.php', '<?php\nuse Stripe\\StripeClient;'],
    ['C# using', 'src/A.cs', 'using Stripe;\nclass A {}'],
    ['Rust use', 'src/a.rs', 'use async_stripe::Client;'],
    ['HTTP client', 'src/a.ts', "import got from 'got'\nexport const get = () => got(url)"],
    ['gRPC client', 'src/a.py', 'import grpc\nchannel = grpc.secure_channel(target, creds)'],
    ['SOAP client', 'src/A.php', '<?php\n$c = new SoapClient($wsdl);'],
    ['URL of an API', 'src/a.ts', "const url = 'https://api.stripe.com/v1/charges'"],
    [
      'signature check',
      'src/a.py',
      'sig = request.headers["X-Acme-Signature"]\nhmac.compare_digest(sig, x)',
    ],
    ['webhook route', 'src/a.ts', "app.post('/webhooks/acme', raw(), handleAcmeWebhook)"],
    ['OAuth library', 'pkg/a.go', 'import "golang.org/x/oauth2"'],
    ['queue', 'src/A.java', 'import org.springframework.kafka.core.KafkaTemplate;'],
    ['circuit breaker', 'src/a.ts', "import CircuitBreaker from 'opossum'"],
    ['mail', 'app/a.py', 'import smtplib\ns = smtplib.SMTP(host)'],
  ])('%s', (_, path, text) => {
    expect(decide(added(path, text))).toMatchObject({ decision: 'selected' })
  })

  test.each([
    [
      'a library that is a server first',
      'internal/limits.go',
      'package limits\nimport "github.com/valyala/fasthttp"\nfunc Limit(ctx *fasthttp.RequestCtx) {}',
    ],
    ['settings of an editor', '.vscode/settings.json', '{ "conventionalCommits.scopes": ["api"] }'],
    [
      'settings of a bot that moves dependencies',
      '.github/renovate.json5',
      '{ matchPackageNames: ["mqtt"], webhook_url: "x" }',
    ],
    ['a scope that is no permission', 'src-tauri/tauri.conf.json', '{ "scope": ["$APP/*"] }'],
    [
      'a front-end that calls what it was given',
      'packages/common/src/components/teams/search.ts',
      "import axios from 'axios'\nexport const find = (path: string) => axios.get(path)",
    ],
  ])('%s is not selected', (_, path, text) => {
    expect(decide(added(path, text))).toMatchObject({ decision: 'skipped' })
  })

  test.each([
    [
      'the client part of such a library',
      'internal/push.go',
      'package push\nimport "github.com/valyala/fasthttp"\nvar client = &fasthttp.Client{}',
    ],
    [
      'a client of a named system beside its HTTP errors',
      'app/parsers/office.py',
      'import httpx\nfrom office_client import OfficeClient\nclient = OfficeClient(url)\n',
    ],
    ['scopes of an authorization', 'config/login.json', '{ "scope": "openid profile" }'],
  ])('%s is selected', (_, path, text) => {
    expect(decide(added(path, text))).toMatchObject({ decision: 'selected' })
  })

  test('a reason names the signal, what was seen and the line at head', () => {
    const file = added('src/pay.ts', "\nimport Stripe from 'stripe'\n")
    expect(decide(file)).toMatchObject({
      reasons: [{ signal: 'provider-sdk', detail: 'stripe', line: 2 }],
      providers: ['stripe'],
    })
  })

  test('one SDK of many services is told apart by the service that is asked for', () => {
    const file = added('app/q.py', "import boto3\nsqs = boto3.client('sqs')")
    expect(decide(file).providers).toContain('aws-sqs')
  })

  test('a removed file is judged by what was removed', () => {
    const file = removed('src/pay.ts', "import Stripe from 'stripe'")
    expect(decide(file)).toMatchObject({ decision: 'selected', reasons: [{ line: null }] })
  })

  test('a small edit far from the import selects the file once its text is known', () => {
    const text = `import Stripe from 'stripe'\n${'x()\n'.repeat(40)}const days = 3\n`
    const file = modified('src/pay.ts', [' x()', '-const days = 2', '+const days = 3'], 41)
    expect(decide(file).decision).toBe('skipped')
    const sources = new Map([['src/pay.ts', text]])
    expect(decisionAbout(file, { catalog, sources }).decision).toBe('selected')
  })
})

describe('words alone select nothing', () => {
  test.each([
    ['line comment', 'src/a.ts', "// import Stripe from 'stripe'\nexport const x = 1"],
    [
      'block comment',
      'src/a.ts',
      "/*\nimport Stripe from 'stripe'\nfetch('https://api.stripe.com/v1')\n*/",
    ],
    ['docstring', 'src/a.py', '"""\nimport stripe\nrequests.post(url)\n"""\nx = 1'],
    ['hash comment', 'app/a.rb', '# Stripe::Charge.create\nx = 1'],
    ['string', 'src/a.ts', "const label = 'Pay with Stripe or PayPal'"],
    ['comparison', 'src/a.py', 'if order.method == "stripe":\n    total += fee'],
    ['CSS class', 'src/a.css', '.stripe { color: red }'],
    ['documentation', 'docs/stripe.md', "import Stripe from 'stripe'"],
    ['translation', 'locales/en.json', '{"webhook": "Webhook URL of Slack"}'],
    ['own API', 'web/src/api.ts', "export const load = () => fetch('/api/orders')"],
    ['lookup of an inherited name', 'src/a.ts', 'class A { constructor() {} toString() {} }'],
  ])('%s', (_, path, text) => {
    expect(decide(added(path, text))).toMatchObject({ decision: 'skipped' })
  })

  test('the middle of a documentation comment is not code, though its beginning is out of sight', () => {
    const file = modified(
      'src/a.ts',
      ['   * fetch("https://api.stripe.com/v1/x")', '+  * Stripe'],
      40,
    )
    expect(decide(file).score).toBe(0)
  })

  test('a catch-all file is judged by its changed lines', () => {
    const head =
      "import Stripe from 'stripe'\nconst stripe = new Stripe(process.env.STRIPE_SECRET_KEY)\n"
    const file = modified('src/main.ts', ['+console.log(1)'], 3)
    const sources = new Map([['src/main.ts', `${head}console.log(1)\n`]])
    expect(decisionAbout(file, { catalog, sources }).decision).toBe('skipped')
  })

  test('a test of integration code scores lower than the code', () => {
    const text = "import Stripe from 'stripe'\nstripe.webhooks.constructEvent(raw, sig, secret)"
    expect(decide(added('test/pay.test.ts', text)).score).toBeLessThan(
      decide(added('src/pay.ts', text)).score,
    )
  })

  test('a page that draws is skipped, a handler in the same kind of file is not', () => {
    const page =
      "import { useState } from 'react'\nexport const P = () => <a href={webhookUrl}>Slack</a>"
    expect(decide(added('app/settings.tsx', page)).decision).toBe('skipped')
    const handler =
      "import Stripe from 'stripe'\nexport async function action({ request }) {\n  return verifyWebhook(request)\n}"
    expect(decide(added('app/routes/hooks.tsx', handler)).decision).toBe('selected')
  })
})

describe('declarative files are judged by their changed lines', () => {
  test.each([
    [
      'package.json',
      'package.json',
      ['   "dependencies": {', '-    "stripe": "^17.0.0"', '+    "stripe": "^18.0.0"'],
    ],
    ['go.mod', 'go.mod', ['+\tgithub.com/stripe/stripe-go/v76 v76.1.0']],
    [
      'pom.xml',
      'pom.xml',
      [
        ' <groupId>com.stripe</groupId>',
        ' <artifactId>stripe-java</artifactId>',
        '-<version>25.0.0</version>',
        '+<version>26.0.0</version>',
      ],
    ],
    ['Gemfile', 'Gemfile', ["+gem 'stripe', '~> 13'"]],
    ['requirements', 'requirements.txt', ['+stripe==11.0.0']],
    ['Cargo.toml', 'Cargo.toml', ['+async-stripe = "0.37"']],
    ['csproj', 'src/A.csproj', ['+<PackageReference Include="Stripe.net" Version="47.0.0" />']],
    ['composer.json', 'composer.json', ['+    "stripe/stripe-php": "^16.0"']],
    [
      'lock file alone',
      'poetry.lock',
      [' name = "stripe"', '-version = "10.0.0"', '+version = "11.0.0"'],
    ],
    ['sample of the environment', '.env.example', ['+TWILIO_AUTH_TOKEN=']],
    ['Terraform', 'infra/q.tf', ['+resource "aws_sqs_queue" "q" {']],
    ['workflow', '.github/workflows/x.yml', ['+  KEY: secrets.SENDGRID_API_KEY']],
    ['OpenAPI', 'api/openapi.yaml', ['+  /orders:']],
    ['OpenAPI under another name', 'docs/reference.yaml', [' openapi: 3.1.0', '+  /orders:']],
    ['protobuf', 'proto/a.proto', ['+message A { string id = 1; }']],
    ['Kubernetes', 'k8s/secrets.yaml', ['+kind: ExternalSecret']],
  ])('%s speaks', (_, path, lines) => {
    expect(decide(modified(path, lines))).toMatchObject({ decision: 'selected' })
  })

  test.each([
    ['package.json', 'package.json', ['     "stripe": "^18.0.0",', '+    "react": "^19.1.0"']],
    ['description', 'package.json', ['+  "description": "pays with stripe"']],
    ['lock file', 'yarn.lock', [' stripe@^18.0.0:', '   version "18.1.0"', '+chalk@^5.0.0:']],
    [
      'sample of the environment',
      '.env.example',
      [' STRIPE_SECRET_KEY=', '+PORT=3000', '+DATABASE_URL='],
    ],
    ['Terraform', 'infra/net.tf', ['+resource "aws_subnet" "a" {']],
    ['workflow', '.github/workflows/x.yml', ['+  GITHUB_TOKEN: secrets.GITHUB_TOKEN']],
    ['compose', 'docker-compose.yml', ['+    image: postgres:17']],
  ])('%s stays silent', (_, path, lines) => {
    expect(decide(modified(path, lines))).toMatchObject({ decision: 'skipped' })
  })

  test('a lock file repeats what its manifest says and is left out beside it', () => {
    const files = [
      modified('package.json', ['+    "stripe": "^18.0.0"']),
      modified('yarn.lock', ['+stripe@^18.0.0:']),
    ]
    const decisions = selectFiles({
      files,
      sources: new Map(),
      catalog,
      settings: DEFAULT_SETTINGS,
    })
    expect(decisions.map(({ decision }) => decision)).toEqual(['selected', 'skipped'])
  })
})

describe('settings and attributes', () => {
  const settings = { paths: { include: ['lib/**'], exclude: ['lib/old/**'] } }

  test('include forces a file in and says so', () => {
    expect(decisionAbout(added('lib/a.md', 'x'), { catalog, settings })).toMatchObject({
      decision: 'selected',
      score: 1,
      reasons: [{ signal: 'include' }],
    })
  })

  test('exclude forces a file out, whatever include says', () => {
    const file = added('lib/old/a.ts', "import Stripe from 'stripe'")
    expect(decisionAbout(file, { catalog, settings })).toMatchObject({
      decision: 'skipped',
      reasons: [{ signal: 'exclude' }],
    })
  })

  test('generated and vendored files are skipped with the reason', () => {
    const text = "import Stripe from 'stripe'"
    expect(decide(added('vendor/pay.ts', text)).reasons[0]?.signal).toBe('vendored')
    expect(decide(added('src/pay.pb.go', text)).reasons[0]?.signal).toBe('generated')
    const attributes = 'sdk/** linguist-generated\n*.min.mjs linguist-vendored=true\n'
    const skipped = (path: string) =>
      decisionAbout(added(path, text), { catalog, attributes }).reasons[0]?.signal
    expect(skipped('sdk/pay.ts')).toBe('generated')
    expect(skipped('deep/pay.min.mjs')).toBe('vendored')
    expect(skipped('src/pay.ts')).toBe('provider-sdk')
  })

  test('the base’s attributes may free a file that a pattern would take for generated', () => {
    const attributes = 'gen/** -linguist-generated\n'
    const file = added('gen/pay.ts', "import Stripe from 'stripe'")
    expect(decisionAbout(file, { catalog, attributes }).decision).toBe('selected')
  })

  test('a change of .gitattributes itself hides nothing', () => {
    const files = [
      added('.gitattributes', '*.ts linguist-generated'),
      added('src/pay.ts', "import Stripe from 'stripe'"),
    ]
    const decisions = selectFiles({
      files,
      sources: new Map(),
      catalog,
      settings: DEFAULT_SETTINGS,
    })
    expect(decisions[1]?.decision).toBe('selected')
  })
})

describe('what the path settles', () => {
  const unread = (path: string): FileDiff => ({
    ...{ path, previousPath: null, change: 'modified', content: 'text' },
    get hunks(): never {
      throw new Error(`the hunks of ${path} were asked for`)
    },
  })
  const attributes = 'old/** linguist-generated'
  const settings = {
    paths: { ...DEFAULT_SETTINGS.paths, include: [], exclude: ['secret/**'] },
  }

  test.each([
    ['secret/pay.ts', 'exclude'],
    ['old/stripe.ts', 'generated'],
    ['vendor/stripe/client.go', 'vendored'],
    ['docs/webhooks.md', 'docs'],
    ['locales/de.json', 'translation'],
    ['src/checkout.css', 'style'],
    ['src/logo.svg', 'asset'],
    ['LICENSE', 'other'],
    ['src/orders.graphql', 'query'],
  ])('%s is skipped as %s without a look at its hunks', (path, signal) => {
    const decision = decisionAbout(unread(path), { catalog, settings, attributes })
    expect(decision).toMatchObject({ decision: 'skipped', reasons: [{ signal }] })
  })

  test('a lock file is not read when the manifest beside it tells the same', () => {
    const manifest = modified('web/package.json', ['+  "left-pad": "1.0.0"'])
    const files = [manifest, unread('web/package-lock.json')]
    const decisions = selectFiles({ files, sources: new Map(), catalog, settings })
    expect(decisions[1]).toMatchObject({ decision: 'skipped', reasons: [{ signal: 'lockfile' }] })
  })
})

describe('hostile and odd input', () => {
  test('a line of a megabyte costs no more than its beginning', () => {
    const text = `const x = "${'a-_('.repeat(262_144)}"`
    expect(decide(added('src/a.ts', text)).decision).toBe('skipped')
  })

  test('a text of more than half a megabyte is judged by its diff', () => {
    const sources = new Map([
      ['src/a.ts', `import Stripe from 'stripe'\n${'x()\n'.repeat(150_000)}`],
    ])
    const file = modified('src/a.ts', ['+x()'], 500)
    expect(decisionAbout(file, { catalog, sources }).decision).toBe('skipped')
  })

  test('a binary file and one without hunks get their decision', () => {
    const bare = { path: 'src/a.dat', previousPath: null, change: 'modified', hunks: [] } as const
    expect(decide({ ...bare, content: 'binary' }).reasons[0]?.signal).toBe('binary')
    expect(decide({ ...bare, content: 'missing' }).decision).toBe('skipped')
  })

  test('every file gets exactly one decision, in order, with a score between 0 and 1', () => {
    const path = fc.oneof(
      fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
      fc.constantFrom(
        'src/a.ts',
        'a.py',
        'a.rb',
        'go.mod',
        'x/y.tsx',
        'infra/a.tf',
        'b.php',
        '__proto__',
      ),
    )
    const word = fc.constantFrom(
      'import ',
      'from ',
      '"',
      "'",
      '/*',
      '*/',
      '#',
      'https://',
      'webhook',
      '`',
      '\\',
      '(',
      '<a',
    )
    const line = fc.array(fc.oneof(word, fc.string({ maxLength: 8 })), { maxLength: 12 })
    const text = fc.array(
      line.map((parts) => parts.join('')),
      { maxLength: 12 },
    )
    const file = fc.tuple(path, text).map(([name, lines]) => added(name, lines.join('\n')))
    fc.assert(
      fc.property(fc.array(file, { maxLength: 6 }), (files) => {
        const sources = new Map(
          files.map(({ path: name, hunks }) => [name, hunks[0]?.lines.join('\n') ?? '']),
        )
        const decisions = selectFiles({ files, sources, catalog, settings: DEFAULT_SETTINGS })
        expect(decisions.map((one) => one.path)).toEqual(files.map((one) => one.path))
        for (const { score, reasons } of decisions) {
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(1)
          expect(reasons.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
  })
})
