import { describe, expect, test } from 'vitest'
import type { FileDiff } from '#core/diff/diff'
import { hopHits, isInDoubt } from '#core/filter/one-hop'
import { createPathIndex } from '#core/filter/path-index'
import { readEdges } from '#core/filter/read-edges'
import { added, decisionAbout, modified, removed, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decide = (file: FileDiff) => decisionAbout(file, { catalog }).decision

describe('settings that a sample only shows behind a comment sign', () => {
  test.each([
    ['a mail server in a settings file', 'server/server.yml', '+# smtp-sender-user:'],
    ['a relay in a sample of the environment', '.env.template', '-# PUSH_RELAY_URI=https://a.b'],
    ['a broker in the name of a variable', 'mqtt.yml', '+  reset: "${Q_KAFKA_RESET:earliest}"'],
  ])('%s is read', (_, path, line) => {
    expect(decide(modified(path, [line]))).toBe('selected')
  })

  test('prose in a comment stays a comment', () => {
    const lines = ['+# See the smtp server: it is not ours', '+# note: apiKey is gone']
    expect(decide(modified('server/server.yml', lines))).toBe('skipped')
  })
})

test('a sample’s own folder behind the product’s name is nobody else’s', () => {
  const file = modified('docker/compose.env', ['+#PAPER_STATIC_URL=/x/', '+#PAPER_DB_USER=y'])
  expect(decide(file)).toBe('skipped')
})

test('a line of a server’s main file that names a thing of a provider is about that provider', () => {
  const line = (text: string) => modified('server/server.go', [`+${text}`])
  expect(decide(line('t.Subscribe(firebaseSubscriber)'))).toBe('selected')
  expect(decide(line('t.Subscribe(ownSubscriber)'))).toBe('skipped')
})

describe('build files and workflows', () => {
  test('a Gradle file of any name that drops a provider’s SDK is read', () => {
    const text =
      'dependencies {\n  implementation "com.google.firebase:firebase-messaging:20.1.3"\n}'
    expect(decide(removed('gplay.gradle', text))).toBe('selected')
  })

  test('a workflow about API documents is no contract', () => {
    const path = '.github/workflows/ci-openapi.yml'
    expect(decide(modified(path, ['+      - run: diff old.json new.json']))).toBe('skipped')
  })
})

describe('code', () => {
  test('Ruby speaks to a constant of a library by any method', () => {
    const text = 'class Notes\n  def all\n    Octokit.releases(repo)\n  end\nend'
    expect(decide(added('app/models/notes.rb', text))).toBe('selected')
  })

  test('a module that fetches with a server’s library is no front-end, though it uses React’s cache', () => {
    const text =
      "import { cache } from 'react'\nimport fetch from 'node-fetch'\nexport const state = cache(() => fetch(url))"
    expect(decide(added('lib/license.ts', text))).toBe('selected')
  })

  test('what keeps rows of webhooks in the own database is no integration', () => {
    const text =
      'class Repos:\n    def webhooks(self) -> GroupWebhooksRepo:\n        return GroupWebhooksRepo(self.session, ReadWebhook)'
    expect(decide(added('app/repos/repository_factory.py', text))).toBe('skipped')
  })
})

describe('a model of the domain that once calls a provider', () => {
  const text = `class Entry < ApplicationRecord\n  def tweet\n    Twitter::Tweet.new(data)\n  end\nend\n`
  const about = (file: FileDiff) =>
    decisionAbout(file, { catalog, sources: new Map([[file.path, text]]) }).decision

  test('is left alone where the change is elsewhere', () => {
    expect(about(modified('app/models/entry.rb', ['+class Entry < ApplicationRecord']))).toBe(
      'skipped',
    )
  })

  test('is read where the change touches that call', () => {
    const lines = ['+    Twitter::Tweet.new(data)']
    expect(about(modified('app/models/entry.rb', lines, 3))).toBe('selected')
  })
})

test('a repository in a folder of an integration stays a part of it', () => {
  const text = 'class KeyStoreRepository { val cert: X509Certificate = ClientCertificate() }'
  expect(decide(added('app/data/keychain/KeyStoreRepository.kt', text))).toBe('selected')
})

test('what is named for fetching from elsewhere is read, whatever library it does so by', () => {
  expect(decide(added('app/jobs/feed_downloader.rb', 'class FeedDownloader\nend'))).toBe('selected')
})

const SURE = { because: 'calls out: fetch', provider: null, sure: true, byFolder: false }
const UNSURE = { ...SURE, sure: false }
const hit = (path: string, to: string, line: string, module = SURE) =>
  hopHits(
    modified(path, [line]),
    [{ from: path, to, line: 3, typeOnly: false, heir: false }],
    new Map([[to, module]]),
  )[0]

describe('an import of a module that surely is an integration', () => {
  test('makes what is named for such work a part of it', () => {
    const one = hit('app/jobs/scrobble_job.rb', 'app/services/radio.rb', '+x = 1')
    expect(one).toMatchObject({ weight: 0.52, reach: 'file', changed: false })
  })

  test('makes what is named after the same partner a part of it', () => {
    const one = hit('src/TunesService.php', 'src/TunesConnector.php', '+x = 1')
    expect(one).toMatchObject({ weight: 0.52, reach: 'file' })
  })

  test('counts as changed where a changed line uses it', () => {
    const one = hit('src/orders.ts', 'src/radio-api.ts', '-  await radioApi.send(order)')
    expect(one).toMatchObject({ weight: 0.42, reach: 'part', changed: true })
  })

  test('says little of code of the domain that leaves it alone', () => {
    const one = hit('src/orders.ts', 'src/radio-api.ts', '+x = 1')
    expect(one).toMatchObject({ weight: 0.38, reach: 'part', changed: false })
  })

  test('says little where the module itself is in doubt', () => {
    const one = hit('app/jobs/scrobble_job.rb', 'app/services/radio.rb', '+x = 1', UNSURE)
    expect(one).toMatchObject({ weight: 0.38, reach: 'part' })
  })

  test('is looked for in what is named for such work, though nothing else speaks for it', () => {
    const nothing = { decision: 'skipped' as const, score: 0, reasons: [], providers: [] }
    expect(isInDoubt({ ...nothing, path: 'app/jobs/scrobble_job.rb' })).toBe(true)
    expect(isInDoubt({ ...nothing, path: 'app/models/order.rb' })).toBe(false)
  })
})

test('an import that the change removed is one of its imports', () => {
  const file = modified('src/app.ts', ["-import { pay } from './pay'", ' const x = 1'])
  expect(readEdges(file, 'const x = 1\n', createPathIndex(['src/pay.ts']))).toEqual([
    { from: 'src/app.ts', to: 'src/pay.ts', line: null, typeOnly: false, heir: false },
  ])
})

test('a binding that the change removes from a container is what the change is about', () => {
  const file = modified('app/Providers/AppServiceProvider.php', [
    '-        $this->app->bind(Api::class, LemonApiClient::class);',
    '         $x = 1;',
  ])
  const hints = new Map([
    [
      file.path,
      hopHits(
        modified(file.path, ['-use App\\LemonApiClient;']),
        [
          {
            from: file.path,
            to: 'app/LemonApiClient.php',
            line: null,
            typeOnly: false,
            heir: false,
          },
        ],
        new Map([['app/LemonApiClient.php', SURE]]),
      ),
    ],
  ])
  expect(decisionAbout(file, { catalog, hints }).decision).toBe('selected')
})
