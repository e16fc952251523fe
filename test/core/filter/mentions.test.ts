import { describe, expect, test } from 'vitest'
import { familyHits } from '#core/filter/family'
import { fellowHit, fellowsOf } from '#core/filter/fellows'
import type { IntegrationModule } from '#core/filter/one-hop'
import { added, decisionAbout, modified, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const about = (path: string, text: string) => decisionAbout(added(path, text), { catalog }).decision

/** A file of which the marked lines (`+`, `-`) change and whose whole text is known. */
function changed(path: string, lines: readonly string[]) {
  const right = lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1))
  const sources = new Map([[path, right.join('\n')]])
  return decisionAbout(modified(path, lines), { catalog, sources })
}

const filler = (line: string) => Array.from({ length: 900 }, () => ` ${line}`)

describe('a list of imports over several lines', () => {
  test.each([
    ['Rust', 'src/models/shelf.rs', [' use activitystreams::{', '+    object::Image,', ' };']],
    ['TypeScript', 'src/shelf.ts', [' import {', '+  Shelf,', " } from 'modbus-serial'"]],
    ['Python', 'shop/shelf.py', [' from pymodbus import (', '+    Shelf,', ' )']],
  ])('tells by a changed name that its module matters, in %s', (_, path, list) => {
    expect(changed(path, [...list, ...filler('x = 1;')]).decision).toBe('selected')
  })

  test.each([
    [
      'Rust',
      'src/shelf.rs',
      [' use crate::{', '+    Row, WebhookSecret, sort,', ' };', '+fn a() {}'],
    ],
    [
      'TypeScript',
      'src/shelf.ts',
      [' import {', '+  WebhookSecret,', " } from './rows'", '+const a = 1'],
    ],
  ])('holds names, which do nothing, in %s', (_, path, lines) => {
    expect(changed(path, lines).decision).toBe('skipped')
  })

  test('ends where it seems', () => {
    expect(changed('src/a.ts', [' import {', '+const secret = webhookSecret']).decision).toBe(
      'selected',
    )
  })
})

describe('the face of a folder', () => {
  const hooks = [
    ' fn hook(secret: WebhookSecret) {',
    '   let hub_signature = webhook_secret(secret);',
    '   verify_signature(hub_signature);',
    '   handle_webhook(webhook_payload);',
    ' }',
  ]
  test('where everything meets is what a file of its name would be', () => {
    const lines = [...hooks, '+fn rows() {}']
    expect(changed('src/server/mod.rs', lines).decision).toBe('skipped')
    expect(changed('src/hooks/shelf.rs', lines).decision).toBe('selected')
  })

  test('of models in TypeScript is the domain’s', () => {
    const lines = [" import { Payout } from '../lib/stripe'", '+export class Shelf {}']
    const path = (folder: string) => `server/${folder}/ShelfPaymentProvider.ts`
    expect(changed(path('models'), lines).decision).toBe('skipped')
    expect(changed(path('workers'), lines).decision).toBe('selected')
  })
})

describe('accounts of one’s own users', () => {
  const uses = (module: string) => `from ${module} import x\ndef show(user):\n    return x(user)`
  test.each([
    ['allauth.account.models', 'skipped'],
    ['allauth.mfa.utils', 'skipped'],
    ['allauth.socialaccount.models', 'selected'],
  ])('%s is %s', (module, decision) => {
    expect(about('shop/core/profile.py', uses(module))).toBe(decision)
  })
})

describe('keys that tokens are signed with', () => {
  test('are settings of a program that others trust', () => {
    const lines = [
      ' INSTALLED_APPS = ["drf_spectacular"]',
      '+JWT_PRIVATE_KEY = env.str("JWT_PRIVATE_KEY", "")',
      '+KEYS = public_jwks(JWT_PRIVATE_KEY)',
    ]
    expect(changed('settings/base.py', lines).decision).toBe('selected')
  })

  test('are handed out as JWKS', () => {
    const text =
      'from jose.jwt import encode\ndef public_jwk():\n    return loads(settings.SYNC_JWKS_PUBLIC_KEY)'
    expect(about('shop/api/offline.py', text)).toBe('selected')
  })

  test('that one’s own rows hold are rows', () => {
    const line = (name: string) => `func Wire() {\n\t${name} := rows.Of(db)\n}`
    expect(about('core/main.go', line('clientSecretRepo'))).toBe('skipped')
    expect(about('core/main.go', line('clientSecretValue'))).toBe('selected')
  })

  test('are not what code asks that only wants to know how it is set up', () => {
    const line = (name: string) => `func Show() {\n\t${name} := rows.Of(page)\n}`
    expect(about('api/config.go', line('hasOIDC'))).toBe('skipped')
    expect(about('api/config.go', line('newOIDC'))).toBe('selected')
  })
})

test('servers of a federation ask each other who somebody is', () => {
  const text =
    'fn find(name: &str) {\n    let found = webfinger::resolve(name);\n    activitypub(found)\n}'
  expect(about('src/people.rs', text)).toBe('selected')
})

describe('what starts a program in its image', () => {
  test('hands it its settings', () => {
    const text = 'if [ -n "$OIDC_SCOPES" ]; then\n  export OIDC_SCOPES\nfi'
    expect(about('docker/entrypoint.sh', text)).toBe('selected')
    expect(about('scripts/build.sh', text)).toBe('skipped')
  })

  test('names directives of the web server', () => {
    expect(about('docker/site.conf', 'OIDCProviderMetadataURL ${URL}')).toBe('selected')
    expect(about('docker/site.conf', 'ServerName ${URL}')).toBe('skipped')
  })

  test('says something where it is moved', () => {
    const line = `SHOP_KEY: \${{ secrets.SHOP_KEY }}`
    const lines = ['     env:', `-      ${line}`, '     steps:', `+          ${line}`]
    expect(changed('.github/workflows/ci.yml', lines).decision).toBe('selected')
  })

  test('says nothing new where it is only written otherwise', () => {
    const lines = ["-ENV OIDC_ENABLED ''", "+ENV OIDC_ENABLED=''"]
    expect(changed('docker/Dockerfile', lines).decision).toBe('skipped')
    expect(changed('docker/Dockerfile', [lines[0] ?? '', '+ENV OIDC_ENABLED=1']).decision).toBe(
      'selected',
    )
  })
})

test('the account at a registry is a name, its password a secret', () => {
  const path = '.github/workflows/image.yml'
  const line = (name: string) => `tags: \${{ secrets.${name} }}`
  expect(about(path, line('DOCKERHUB_ACCOUNT'))).toBe('skipped')
  expect(about(path, line('REGISTRY_USERNAME'))).toBe('skipped')
  expect(about(path, line('DOCKERHUB_TOKEN'))).toBe('selected')
})

test.each([
  ['app/Language/uk-UA.ini', 'skipped'],
  ['site/language/en-GB/shop.ini', 'skipped'],
  ['app/Language/connection.ini', 'skipped'],
  ['app/settings/uk.ini', 'selected'],
])('texts of a language such as %s are %s', (path, decision) => {
  expect(about(path, 'saved_slack_webhook=Your webhook\nsmtp_host=Host')).toBe(decision)
})

test('what settings are read into is a place where everything meets', () => {
  const lines = (mark: string) => [
    ` ${mark}`,
    ' public interface Acme {',
    '+  boolean keepRows();',
    '   HttpClient httpClient();',
    '   interface HttpClient { Duration retryAfter(); int maxRetries(); String backoff(); }',
    ' }',
  ]
  expect(changed('src/main/java/acme/Acme.java', lines('@ConfigMapping')).decision).toBe('skipped')
  expect(changed('src/main/java/acme/Acme.java', lines('@Client')).decision).toBe('selected')
})

test('a client of one’s own database keeps rows, whatever they are about', () => {
  const text = 'use crate::github::client::Row;\nfn rows(webhook_id: u64) -> Vec<Row> {}'
  expect(about('src/database/rows.rs', text)).toBe('skipped')
})

describe('beside adapters', () => {
  test('stands what declares one of them', () => {
    const names = ['okta', 'keycloak', 'auth0', 'shelf']
    const paths = names.map((name) => `modules/login/${name}/login.js`)
    const kin = (path: string) => familyHits([path], [...paths, path], catalog).size
    expect(kin('modules/login/shelf/definition.yml')).toBe(1)
    expect(kin('modules/login/shelf/rows.yml')).toBe(0)
    expect(kin('modules/login/definition.yml')).toBe(0)
  })

  const client: IntegrationModule = {
    ...{ because: 'calls out: fetch', provider: null, sure: true, byFolder: false },
  }
  const hints = (folder: string) => {
    const path = `lib/${folder}/types.ts`
    const fellows = fellowsOf([path], [path, `lib/${folder}/client.ts`], catalog).get(path)
    if (fellows === undefined) return null
    const hit = fellowHit(fellows, new Map([[`lib/${folder}/client.ts`, client]]))
    return { path, hints: new Map([[path, hit === null ? [] : [hit]]]) }
  }

  test('types in the folder of a partner are what it sends', () => {
    const known = hints('gocardless')
    const file = added(known?.path ?? '', 'export interface Bank { id: string }')
    const decision = decisionAbout(file, { catalog, hints: known?.hints ?? new Map() })
    expect(decision.decision).toBe('selected')
  })

  test('those in a folder of the domain are not', () => {
    expect(hints('shelves')).toBeNull()
  })
})
