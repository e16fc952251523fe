import { describe, expect, test } from 'vitest'
import { familyHits } from '#core/filter/family'
import { fellowHit, fellowsOf } from '#core/filter/fellows'
import type { IntegrationModule } from '#core/filter/one-hop'
import { added, decisionAbout, modified, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decided = (path: string, text: string) =>
  decisionAbout(added(path, text), { catalog }).decision
const changed = (path: string, lines: readonly string[], text?: string, start = 1) =>
  decisionAbout(modified(path, lines, start), {
    catalog,
    ...(text === undefined ? {} : { sources: new Map([[path, text]]) }),
  }).decision

describe('a client that uses no library by its name', () => {
  test.each([
    [
      'closes the answer that it got',
      'core/relay/main.go',
      'func Handle(resp *http.Response) error {\n\tbody, err := io.ReadAll(resp.Body)\n\tresp.Body.Close()\n\treturn json.Unmarshal(body, &answer)\n}',
    ],
    [
      'asks by a helper of the program',
      'device/shelf.go',
      'func (c *Shelf) Power() (float64, error) {\n\terr := c.GetJSON(c.uri+"/status", &c.res)\n\treturn c.res.Power, err\n}',
    ],
    [
      'signs in to somebody else',
      'device/octo.go',
      'func New(log *Logger, cc Config) error {\n\tapi, err := octo.NewAPI(log, cc.Email, cc.Password)\n\treturn err\n}',
    ],
    [
      'builds its requests',
      'src/Core/Shelf.cs',
      'class Shelf {\n  Request Ask(string url) {\n    return new HttpRequestBuilder(url).AddQueryParam("page", 1).Build();\n  }\n}',
    ],
    [
      'reads the answer that the program hands it',
      'acme/shelf.py',
      'def response(resp):\n    resp.raise_for_status()\n    return [row(item) for item in resp.json()["data"]]',
    ],
    [
      'speaks what devices speak',
      'charger/eebus-pump.go',
      'type Pump struct {\n\tconnector *eebus.Connector\n}',
    ],
  ])('is one: it %s', (_, path, text) => {
    expect(decided(path, text)).toBe('selected')
  })

  test.each([
    ['defines such a helper', 'core/json.go', 'func (s *Store) GetJSON(key string) []byte {\n}'],
    ['signs tokens of its own', 'core/auth.go', 'pool := redis.NewClient(addr, password)'],
    [
      'sets what it answers',
      'acme/views.py',
      'def show(response):\n    response.status_code = 201',
    ],
  ])('is none where code %s', (_, path, text) => {
    expect(decided(path, text)).toBe('skipped')
  })
})

describe('a crowd of files side by side', () => {
  const paths = 'abcdefghij'.split('').map((name) => `drivers/${name}x.go`)
  const calls: IntegrationModule = {
    ...{ because: 'calls out: http', provider: null, sure: true, byFolder: false },
  }
  const said = (callers: number) => {
    const fellows = fellowsOf(['drivers/ax.go'], paths, catalog).get('drivers/ax.go')
    if (fellows === undefined) return null
    const modules = new Map(fellows.paths.slice(0, callers).map((path) => [path, calls] as const))
    return fellowHit(fellows, modules)?.signal ?? null
  }

  test('is of one kind when nearly all that are read call out', () => {
    expect(said(7)).toBe('path')
  })

  test('is none when half of them do', () => {
    expect(said(4)).toBeNull()
  })

  test('of few files is none', () => {
    expect(fellowsOf(['drivers/ax.go'], paths.slice(0, 4), catalog).size).toBe(0)
  })
})

test('the constants of an adapter with a folder of its own belong to it', () => {
  const paths = ['openai', 'anthropic', 'mistral', 'shelf'].map((name) => `relay/kit/${name}/x.go`)
  const constants = 'relay/kit/shelf/constants.go'
  expect(familyHits([constants], [...paths, constants], catalog).get(constants)?.signal).toBe(
    'path',
  )
})

describe('names that speak of other systems and are about one’s own', () => {
  test.each([
    [
      'a limit on callers',
      'config/initializers/rack_attack.rb',
      'Rack::Attack.throttle("webhook_fire/ip", limit: WEBHOOK_FIRE_LIMIT) do |req|\n  api_key_owner_id(req)\nend',
    ],
    ['a route of one’s own', 'config/routes.rb', 'post :auth_token'],
    [
      'an admin’s page about keys',
      'app/avo/resources/user.rb',
      'class Avo::Resources::User < Avo::BaseResource\n  field :api_keys\n  field :oidc_api_key_roles\n  filter ApiKeyNameFilter\n  ApiKey.where(owner_type: "User")\nend',
    ],
    [
      'the shapes that one’s programs share',
      'apps/web/src/claims.ts',
      "import { IClaims } from '@acme-sdk/shared'\nexport const claims = (): IClaims => read()",
    ],
    [
      'a code of status',
      'src/limits.ts',
      "import { HttpStatusCode } from 'axios'\nexport const isGone = (code: number) => code === HttpStatusCode.Gone",
    ],
    ['where one listens', '.env.example', 'ACME_HOST=[::]'],
    [
      'what stands in while an image is built',
      'apps/web/Dockerfile',
      'ENV RESEND_API_KEY="test" \\\n    STRIPE_SECRET_KEY="test" \\\n    REDIS_URL="https://test.upstash.io"',
    ],
    [
      'a sentence',
      'data/engines.json',
      '{ "shelf": "Jean was a Swiss maker of JMS watches, SNS and other fine things of old" }',
    ],
  ])('%s is nothing', (_, path, text) => {
    expect(decided(path, text)).toBe('skipped')
  })

  test('a message that a page sends over its own socket is nothing', () => {
    const text =
      'class Queue {\n  @MessageMapping("/play")\n  void play(Headers headers) {\n    queue.play();\n  }\n}'
    expect(decided('src/main/java/app/PlayQueue.java', text)).toBe('skipped')
  })
})

describe('the face of a folder', () => {
  const text =
    'pub mod boot;\npub mod shell;\n\npub async fn load() {\n    reqwest::get(URL).await\n}\n'

  test('is not about what it does when only a name joins its list', () => {
    expect(changed('crates/core/src/manager/mod.rs', ['+pub mod shell;'], text, 2)).toBe('skipped')
  })

  test('is when the change touches more', () => {
    const line = '+    reqwest::get(URL).await'
    expect(changed('crates/core/src/manager/mod.rs', [line], text, 5)).toBe('selected')
  })
})

test('several words of one line say one thing', () => {
  const text = 'interface Setup {\n  void setMailHttpClient(HttpClient httpClient);\n}\n'
  const { score } = decisionAbout(added('src/Setup.java', text), { catalog })
  expect(score).toBeLessThan(0.5)
})

describe('what a manifest moves', () => {
  test.each([
    ['gradle/libs.versions.toml', '-acme = { module = "net.acme:google-analytics-java7" }'],
    ['bom/pom.xml', '+    <angusMailVersion>2.0.5</angusMailVersion>'],
  ])('%s: a client by its name', (path, line) => {
    expect(changed(path, [line])).toBe('selected')
  })
})

test('routes of a login by somebody else are what a changed router is about', () => {
  const lines = ['+  handler := api.NewOIDC(conf)', '+  group.GET("/callback", handler.Callback())']
  expect(changed('router/router.go', lines)).toBe('selected')
})

test('where a server of OAuth says how it is used is a part of OAuth', () => {
  const lines = ['+ $url = route("oauth.well-known.protected-resource");']
  expect(changed('app/Http/Middleware/AddHeader.php', lines)).toBe('selected')
})
