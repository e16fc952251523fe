import { describe, expect, test } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import { hopHits } from '#core/filter/one-hop'
import { createPathIndex } from '#core/filter/path-index'
import { readEdges } from '#core/filter/read-edges'
import { added, decisionAbout, modified, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decide = (file: FileDiff) => decisionAbout(file, { catalog }).decision
/** The decision about a file whose text the change touches in one line that says nothing. */
function touched(path: string, text: string): string {
  const file = modified(path, ['+  ok = true'], 2)
  return decisionAbout(file, { catalog, sources: new Map([[path, text]]) }).decision
}
const filler = (line: string) => Array.from({ length: 250 }, () => line).join('\n')

describe('a contract', () => {
  const NOTICE = '/*\n * Copyright Acme\n */\n'

  test('below a notice of its owner is read', () => {
    const text = `${NOTICE}syntax = "proto3";\nservice Boxes {\n  rpc Open(Key) returns (Box) {}\n}`
    expect(decide(added('proto/acme/boxes.proto', text))).toBe('selected')
  })

  test('that says in a comment what is agreed is read', () => {
    const lines = ['-  // The name of the box.', '+  // The name of the box, never empty.']
    expect(decide(modified('proto/acme/boxes.proto', lines))).toBe('selected')
  })

  test('code below such a notice is read too, though its text is not known', () => {
    const text = `${NOTICE}package acme;\nimport okhttp3.OkHttpClient;\nclass Rates {}`
    expect(decide(added('src/main/java/acme/Rates.java', text))).toBe('selected')
  })

  test('the rest of a comment whose beginning is not shown stays a comment', () => {
    const lines = [' * the rate limit', ' */', '+int a;']
    expect(decide(modified('src/a/Sum.java', lines))).toBe('skipped')
  })
})

describe('a controller', () => {
  const RESCUES = `class CardsController\n  def create\n  rescue Stripe::CardError => e\n  end\n${filler('  render json: 1')}\nend`

  test('of the domain is what its changed lines say', () => {
    expect(touched('app/controllers/cards_controller.rb', RESCUES)).toBe('skipped')
    const line = modified('app/controllers/cards_controller.rb', ['+    Stripe::Card.create(x)'])
    expect(decide(line)).toBe('selected')
  })

  test('of own rows that are named after a partner is no integration by its name', () => {
    expect(touched('app/controllers/stripe_cards_controller.rb', 'class X\nend')).toBe('skipped')
    expect(touched('app/controllers/stripe_webhooks_controller.rb', 'class X\nend')).toBe(
      'selected',
    )
  })

  test('that is short does one thing', () => {
    const text = 'class LinksController\n  def a\n    Faraday.get(url)\n  end\nend'
    expect(touched('app/controllers/links_controller.rb', text)).toBe('selected')
  })
})

test('where a hundred imports meet, the changed lines say what the change is about', () => {
  const imports = Array.from({ length: 120 }, (_, at) => `import acme.parts.Part${at};`).join('\n')
  const text = `${imports}\nimport com.stripe.Stripe;\nimport okhttp3.OkHttpClient;\nclass Desk {}`
  expect(touched('src/main/java/acme/Desk.java', text)).toBe('skipped')
})

test('code that is named as a catch-all and calls another system throughout is a client', () => {
  const call =
    'req, _ := http.NewRequest("GET", u, nil)\nc := http.Client{}\nhttp.DefaultClient.Do(req)\n'
  expect(touched('pkg/plugin/permissions.go', `package plugin\n${call}${call}`)).toBe('selected')
})

describe('what every class of its kind extends says nothing of one of them', () => {
  const uses = (path: string, base: string, home: string) => {
    const file = added(path, `class Tidy < ${base}\nend`)
    const index = createPathIndex([home, path])
    const modules = new Map([
      [home, { because: 'imports Twilio', provider: null, sure: true, byFolder: false }],
    ])
    return hopHits(file, readEdges(file, undefined, index), modules).length
  }

  test('as ApplicationJob does', () => {
    expect(uses('app/jobs/tidy_job.rb', 'ApplicationJob', 'app/jobs/application_job.rb')).toBe(0)
    expect(uses('app/jobs/tidy_job.rb', 'PartnerJob', 'app/jobs/partner_job.rb')).toBe(1)
  })
})

describe('a database of a cloud is one’s own', () => {
  test.each([
    [
      'Java',
      'src/main/java/acme/Boxes.java',
      'import software.amazon.awssdk.services.dynamodb.DynamoDbClient;\nimport software.amazon.awssdk.core.SdkBytes;\nclass Boxes { Boxes(DynamoDbAsyncClient db) {} }',
    ],
    [
      'TypeScript',
      'src/boxes.ts',
      "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'\nexport const boxes = 1",
    ],
    ['Go', 'pkg/boxes.go', '\t"github.com/aws/aws-sdk-go-v2/service/dynamodb"'],
    ['Python', 'boxes.py', 'from google.cloud import firestore\nimport google.cloud.firestore'],
  ])('in %s', (_, path, text) => {
    expect(decide(added(path, text))).toBe('skipped')
  })
})

describe('a program’s own side of RPC', () => {
  test.each([
    [
      'Java',
      'src/main/java/acme/BoxesGrpcService.java',
      'class BoxesGrpcService extends BoxesGrpc.BoxesImplBase { GrpcExceptions e; }',
    ],
    [
      'Go',
      'internal/boxes.go',
      'type Boxes struct { pb.UnimplementedBoxesServer }\nfunc (b *Boxes) grpcName() {}',
    ],
    ['Python', 'boxes.py', 'import grpc\nclass Boxes(pb.BoxesServicer):\n    pass'],
  ])('in %s is no client', (_, path, text) => {
    expect(decide(added(path, text))).toBe('skipped')
  })

  test('one that also calls another is', () => {
    const text =
      'import grpc\nclass Boxes(pb.BoxesServicer):\n    stub = pb.KeysStub(grpc.insecure_channel(KEYS))'
    expect(decide(added('boxes.py', text))).toBe('selected')
  })
})

describe('what only looks like another system', () => {
  test.each([
    ['a snapshot of the database', 'db/drizzle/meta/0088_snapshot.json', '  "access_token": {'],
    ['the menu of the documents', 'site/sidebars.json', '  "kafka": "help/kafka"'],
    ['switches of features', 'api/views/features.py', 'UNIFIED_SLACK = "slack"'],
    ['a bench', 'crates/core/benches/match.rs', 'const URL: &str = "https://api.acme.dev/v1";'],
    [
      'a store of a front-end',
      'plugin/src/models/slack/slack.ts',
      "import { observable } from 'mobx'\nexport const load = () => makeRequest('/slack_settings/')",
    ],
    [
      'values of HTTP',
      'app/src/main/java/acme/Prefs.kt',
      'import okhttp3.Cookie\nimport okhttp3.HttpUrl.Companion.toHttpUrlOrNull',
    ],
    [
      'tools that are offered to models',
      'apps/mcp/src/tools.ts',
      "import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'",
    ],
  ])('%s is skipped', (_, path, text) => {
    expect(decide(added(path, text))).toBe('skipped')
  })

  test.each([
    ['an id', 'ids = stripe_card_ids'],
    ['a switch', 'x = SLACK_UNIFIED_ENABLED'],
  ])('a name of %s says nothing of the partner in it', (_, line) => {
    expect(decide(modified('config/settings.py', [`+${line}`]))).toBe('skipped')
  })
})

describe('what speaks to another system in words of its own', () => {
  test.each([
    [
      'a wrapper of fetch',
      'workers/probe.ts',
      'const answer = await fetchWithProxy(url, { method: "GET" }, proxy)',
    ],
    ['a browser', 'workers/pages.ts', "import { chromium } from 'playwright-extra'"],
    ['a browser of Go', 'pkg/pages.go', '\t"github.com/chromedp/chromedp"'],
    [
      'a sender of mail',
      'lib/emails/send-upload-notice.ts',
      "import Notice from '@/components/notice'\nawait sendEmail({ to, subject, react: Notice() })",
    ],
    [
      'a mail client that takes a drawn element',
      'lib/mailing.ts',
      "import { JSXElementConstructor, ReactElement } from 'react'\nimport { Resend } from 'resend'",
    ],
    [
      'a client that a class was given, in PHP',
      'src/Rates.php',
      "<?php\n$this->client->request('GET', $url);",
    ],
    ['one of Go', 'pkg/rates.go', 'resp, err := r.client.Do(req)'],
    ['one of Rust', 'src/rates.rs', 'let answer = self.inner.get(url).send().await?;'],
    ['one of Python', 'rates.py', 'answer = self.get(url)\nanswer.raise_for_status()'],
    ['one of C#', 'src/Rates.cs', 'answer.EnsureSuccessStatusCode();'],
    ['a callback of a sign-in', 'app/controllers/omniauth_callbacks_controller.rb', 'x = 1'],
    ['an exporter', 'src/Apm/Plugin.cs', 'builder.AddOtlpExporter(options => Bind(options));'],
    ['an exporter of Go', 'pkg/trace.go', '\t"go.opentelemetry.io/otel/exporters/otlp/otlptrace"'],
    ['a job that fetches mail', 'app/Console/FetchEmails.php', '<?php class FetchEmails {}'],
    ['a folder for one partner', 'app/services/stripe_cardholder_service/create.rb', 'x = 1'],
  ])('%s is read', (_, path, text) => {
    expect(decide(added(path, text))).toBe('selected')
  })

  test('a function of that name is not a call of it', () => {
    const text = 'export function sendEmail(to: string) { later.push(to) }'
    expect(decide(added('src/orders/notes.ts', text))).toBe('skipped')
  })
})

describe('manifests', () => {
  test.each([
    ['package.json', '    "@trigger.dev/python": "^3.3.17",'],
    ['requirements.txt', 'django-rq==4.0.1'],
    ['src/Acme.csproj', '    <PackageReference Include="Acme.Assets.S3" Version="5.9.0" />'],
  ])('%s is read for what it moves', (path, line) => {
    expect(decide(modified(path, [`+${line}`]))).toBe('selected')
  })
})

test('a description of requests is one though who uses it brings the address', () => {
  const text = [
    'params:',
    '  - field: host',
    'http:',
    '  url: ^_^url^_^',
    '  method: GET',
    '  authorization:',
    '    type: ^_^auth^_^',
    '  parseType: jsonPath',
  ]
  expect(decide(added('define/app-queue.yml', text.join('\n')))).toBe('selected')
  const own = ['routes:', '  url: /boxes', '  method: GET', '  params: a']
  expect(decide(added('define/routes.yml', own.join('\n')))).toBe('skipped')
})
