import { describe, expect, test } from 'vitest'
import { added, decisionAbout, modified, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decide = (path: string, text: string) => decisionAbout(added(path, text), { catalog })

describe('each language has its own way to speak to another system', () => {
  test.each([
    ['a TLS socket in Go', 'line.go', 'c, err := tls.DialWithDialer(d, "tcp", addr, conf)'],
    ['a TCP socket in Python', 'feed.py', 's = socket.create_connection((host, 5000))'],
    [
      'a TLS socket in Node',
      'line.ts',
      'const socket = tls.connect({ host, port: 993 })\nnet.connect(1)\nnet.createConnection(1)',
    ],
    ['a TCP socket in C#', 'Line.cs', 'var client = new TcpClient(host, port);'],
    ['a TCP socket in Rust', 'line.rs', 'let s = TcpStream::connect(addr).await?;'],
    ['a TCP socket in Ruby', 'line.rb', 's = TCPSocket.new(host, 4000)'],
    ['a socket in PHP', 'Line.php', '<?php $s = fsockopen($host, 25);'],
    [
      'a TLS socket in Java',
      'Line.java',
      'Socket s = SSLSocketFactory.getDefault().createSocket(host, 443);',
    ],
    [
      'a signature guard in Go',
      'guard.go',
      'import (\n\t"crypto/hmac"\n)\nmac := hmac.New(sha256.New, key)\nhmac.Equal(a, b)\nr.Header.Get("X-Acme-Sign")',
    ],
    [
      'a guard of addresses',
      'safe.go',
      'if ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() {\nreturn errClosed\n}\nreturn &http.Transport{}',
    ],
    [
      'a guard of addresses in Python',
      'safe.py',
      'if ip.is_private or ip.is_loopback or ip.is_link_local:\n    raise Refused()',
    ],
    [
      'a mail class of Laravel',
      'app/Mail/Invitation.php',
      '<?php\nuse Illuminate\\Mail\\Mailable;\nclass Invitation extends Mailable {}',
    ],
    [
      'a notification of Laravel',
      'app/Notifications/Due.php',
      '<?php\nuse Illuminate\\Notifications\\Notification;\nclass Due extends Notification {}',
    ],
    [
      'a mailer of Rails',
      'app/mailers/user_mailer.rb',
      'class UserMailer < ApplicationMailer\n  def welcome = mail(to: @user.email)\nend',
    ],
    ['mail in Django', 'shop/letters.py', 'from django.core.mail import send_mail'],
    [
      'an authorization server of Rails',
      'config/initializers/doorkeeper.rb',
      'Doorkeeper.configure do\n  grant_flows %w[authorization_code client_credentials]\n  access_token_expires_in 2.hours\nend',
    ],
    [
      'an authorization server in Python',
      'sso/server.py',
      'from authlib.integrations.flask_oauth2 import AuthorizationServer',
    ],
    [
      'an identity server in C#',
      'Validator.cs',
      'using IdentityServer4.Validation;\nclass Validator {}',
    ],
    ['a feed reader in Python', 'feeds.py', 'import feedparser\nfeed = feedparser.parse(url)'],
    ['a feed reader in Go', 'feeds.go', 'import (\n\t"github.com/mmcdole/gofeed"\n)'],
    ['a crawler in Ruby', 'crawl.rb', "require 'open-uri'\npage = URI.open(url)"],
    ['a crawler in Java', 'Crawl.java', 'Document d = Jsoup.connect(url).get();'],
    [
      'feature flags without a pack',
      'switches.rs',
      'use launchdarkly_server_sdk::{Client, ConfigBuilder};',
    ],
    ['a kit that is named one', 'pay.ts', "import { Terminal } from '@acme-pay/terminal-sdk'"],
    [
      'the start of a monitoring SDK',
      'Crash.kt',
      'import io.sentry.Sentry\nSentryAndroid.init(context) { options -> }',
    ],
    ['an event header of a vendor', 'hook.go', 'event := r.Header.Get("X-Gogs-Event")'],
    [
      'a request that a helper sends',
      'conf.go',
      'code, err := h.client.Send(ctx, http.MethodPost, h.endpoint, body, &out)',
    ],
    [
      'a route that a partner calls',
      'PayController.cs',
      '[HttpPost("ipn")]\npublic IActionResult Ipn() { return Ok(); }',
    ],
    [
      'an address read in PHP',
      'Rates.php',
      "<?php $x = file_get_contents('https://rates.acme-bank.com/v1/latest');",
    ],
    ['a broker in Ruby', 'sensor.rb', "require 'mqtt'\nMQTT::Client.connect(url)"],
  ])('%s', (_, path, text) => {
    expect(decide(path, text)).toMatchObject({ decision: 'selected' })
  })
})

describe('words that only look so', () => {
  test.each([
    [
      'a sentence in a string',
      'src/a.ts',
      "throw new Error('the webhook secret and the oauth client secret are missing')",
    ],
    [
      'a title of a test',
      'src/a.ts',
      "it('verifies the webhook signature', () => { expect(add(1, 2)).toBe(3) })",
    ],
    [
      'labels of a choice',
      'src/a.py',
      "METHODS = [('stripe', 'Stripe'), ('webhook', 'Webhook'), ('sqs', 'SQS')]",
    ],
    ['a log message', 'src/a.go', 'log.Println("retrying kafka consumer after backoff")'],
    [
      'a comment between tags',
      'src/a.tsx',
      'export const A = () => <p>{/* fetch("https://api.stripe.com/v1") */}</p>',
    ],
    [
      'a block comment of Ruby',
      'a.rb',
      "=begin\nrequire 'stripe'\nStripe::Charge.create\n=end\nx = 1",
    ],
    ['a comment of YAML', 'config/a.yml', '# the api key: x\n# https://api.stripe.com/v1\nname: a'],
    [
      'a limiter of one’s own callers',
      'throttle.go',
      'w.Header().Set("Retry-After", "1")\nhttp.Error(w, "slow", http.StatusTooManyRequests)',
    ],
    [
      'a screen drawn in code',
      'IntegrationsScreen.kt',
      'import androidx.compose.material3.Text\n@Composable\nfun IntegrationsScreen(m: Model) { Switch(checked = m.webhooksOn) }',
    ],
    [
      'a hook of a form',
      'src/useWebhookForm.ts',
      "import { useState } from 'react'\nexport function useWebhookForm() { return useState('') }",
    ],
    [
      'SQL of one’s own tables',
      'db/a.sql',
      'ALTER TABLE oauth_clients ADD webhook_url TEXT, ADD api_key TEXT;',
    ],
    ['a count of attempts at a lock', 'index.py', 'max_retries = 3\nretry_delay = 1'],
    ['a field that is private', 'repo.ts', 'if (repo.isPrivate) hide(repo)'],
    ['a grammar for an editor', 'src/editor.ts', "import { jsonc } from '@shopify/lang-jsonc'"],
    [
      'an everyday word that is a maker’s name',
      'a.ts',
      "const text = buffer.toString('utf8')\nmeta.items.push(x)\nline.split(',')\nmatrix.parse(x)",
    ],
    [
      'secrets of what builds and measures',
      '.github/workflows/ci.yml',
      '  token: secrets.CODECOV_TOKEN\n  sonar: secrets.SONAR_TOKEN',
    ],
    [
      'statuses of HTTP',
      'error.rs',
      'use hyper::StatusCode;\nfn code() -> StatusCode { StatusCode::OK }',
    ],
  ])('%s', (_, path, text) => {
    expect(decide(path, text)).toMatchObject({ decision: 'skipped' })
  })
})

describe('surroundings', () => {
  test('a folder named store holds server code when the code says so', () => {
    const client = "import { request } from 'undici'\nexport const push = () => request(url)"
    const server = `import { readFile } from 'node:fs/promises'\n${client}`
    const drawn = `import { reactive } from 'vue'\n${client}`
    expect(decide('src/store/push.ts', server).decision).toBe('selected')
    expect(decide('src/store/push.ts', drawn).decision).toBe('skipped')
  })

  test('a hit in a corner of a long file says little of a change elsewhere', () => {
    const corner = 'def check():\n    urlopen("https://api.acme-cloud.com/v1/version")\n'
    const decisionIn = (lines: number) => {
      const text = `${corner}${'x = 1\n'.repeat(lines)}`
      const file = modified('pages.py', ['-x = 2', '+x = 1'], lines)
      return decisionAbout(file, { catalog, sources: new Map([['pages.py', text]]) }).decision
    }
    expect(decisionIn(30)).toBe('selected')
    expect(decisionIn(900)).toBe('skipped')
  })

  test('a file that speaks of nothing else is selected, however small its change', () => {
    const text = [
      'def oauth_token(client_id, client_secret)',
      '  form = { grant_type: x, redirect_uri: y, client_secret: client_secret }',
      '  oauth_provider.refresh_token(form)',
      '  store(access_token, refresh_token)',
      'end',
    ].join('\n')
    const file = modified('lib/login.rb', ['-# before', '+# after'], 5)
    expect(
      decisionAbout(file, { catalog, sources: new Map([['lib/login.rb', text]]) }),
    ).toMatchObject({
      decision: 'selected',
    })
  })

  test('a place where everything meets is selected for the key that the change brings', () => {
    const key = ['+fx := rates.New(os.Getenv("OPENFX_URL"), os.Getenv("OPENFX_APP_ID"))']
    const own = ['+log.SetFlags(0)']
    expect(decisionAbout(modified('cmd/x/main.go', key), { catalog }).decision).toBe('selected')
    expect(decisionAbout(modified('cmd/x/main.go', own), { catalog }).decision).toBe('skipped')
  })

  test('a sample of the environment is selected for what somebody else must give', () => {
    const decisionOn = (line: string) =>
      decisionAbout(modified('.env.example', [line]), { catalog }).decision
    expect(decisionOn('+PAPERTRAIL_HOST=')).toBe('selected')
    expect(decisionOn('+CLAIMS_PASSWORD=changeme')).toBe('selected')
    expect(decisionOn('+SECRET_KEY=changeme')).toBe('skipped')
    expect(decisionOn('+DATABASE_URL=postgres://localhost/a')).toBe('skipped')
    expect(decisionOn('+# PAPERTRAIL_HOST=')).toBe('selected')
    expect(decisionOn('+# PAPERTRAIL_HOST is theirs')).toBe('skipped')
  })

  test('a manifest is selected for a library of an outside system that no pack knows', () => {
    const moved = (path: string, line: string) =>
      decisionAbout(modified(path, [line]), { catalog }).decision
    expect(moved('pyproject.toml', '+  "imap-tools~=1.14.0",')).toBe('selected')
    expect(moved('package.json', '+    "nodemailer": "^7.0.0",')).toBe('selected')
    expect(moved('gradle/libs.versions.toml', '+sentry-android = "7.14.0"')).toBe('selected')
    expect(moved('gradle/libs.versions.toml', '+google-ksp = "2.0"')).toBe('skipped')
    expect(moved('Cargo.toml', '+reqwest = "0.12"')).toBe('selected')
    expect(moved('Cargo.toml', '+serde = "1.0"')).toBe('skipped')
  })

  test('a specification too large to compare is selected all the same', () => {
    const file = { path: 'api/openapi.json', previousPath: null, change: 'modified' } as const
    const large = { ...file, content: 'missing', hunks: [] } as const
    expect(decisionAbout(large, { catalog })).toMatchObject({
      decision: 'selected',
      reasons: [{ signal: 'api-contract', line: null }],
    })
    expect(decisionAbout({ ...large, path: 'src/a.ts' }, { catalog }).decision).toBe('skipped')
  })

  test('a folder named Test in shipped code is no test', () => {
    const text =
      '<?php\nuse Illuminate\\Notifications\\Notification;\nclass A extends Notification {}'
    expect(decide('app/Notifications/Test/A.php', text).decision).toBe('selected')
    expect(decide('tests/Notifications/ATest.php', text).decision).toBe('skipped')
  })
})

test('lines made of quotes and escapes cost no more than their length', () => {
  const lines = ['\\"', "\\'", '"\'`', 'from ', '[HttpPost("', 'ip.', '${'].map((piece) =>
    piece.repeat(150_000 / piece.length),
  )
  const text = lines.flatMap((line) => line.match(/.{1,1999}/g) ?? []).join('\n')
  const before = performance.now()
  expect(decide('src/a.ts', text).decision).toBe('skipped')
  expect(performance.now() - before).toBeLessThan(3_000)
})
