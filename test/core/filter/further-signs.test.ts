import { describe, expect, test } from 'vitest'
import { added, decisionAbout, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decided = (path: string, lines: readonly string[]) =>
  decisionAbout(added(path, lines.join('\n')), { catalog }).decision

describe('events that others send', () => {
  test.each([
    [
      'a parameter of FastAPI is a signature',
      'app/core/a.py',
      ['async def take(r: Request, x_hub_signature_256: str = Header(...)):'],
    ],
    ['a provider sends mail in', 'app/core/a.py', ['@router.post("/twilio/inbound")']],
    [
      'a plug-in of WordPress takes them',
      'src/Lib/A.php',
      ["<?php register_rest_route('acme/v1', '/webhook', ['methods' => 'POST']);"],
    ],
    [
      'a function of Azure takes them',
      'src/X/A.cs',
      ['[HttpTrigger(Level.Anonymous, "post", Route = "webhooks/{provider}")]'],
    ],
    [
      'Laravel lets them in',
      'src/Lib/A.php',
      ['<?php', 'protected $except = [', "    'webhooks/*',", '];'],
    ],
    [
      'their kinds are told apart',
      'src/lib/a.ts',
      ['switch (event.type) {', "  case 'checkout.session.completed': return fulfil(event)"],
    ],
  ])('are taken where %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('selected')
  })

  test.each([
    [
      'actions of a store are told apart',
      'src/lib/a.ts',
      ['switch (action.type) {', "  case 'cart.item.add': return add(state)"],
    ],
    [
      'a plug-in lists orders',
      'src/Lib/A.php',
      ["<?php register_rest_route('acme/v1', '/orders', ['methods' => 'GET']);"],
    ],
  ])('are not taken where %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('skipped')
  })
})

describe('signing in at others', () => {
  test.each([
    [
      'an address is built',
      'app/core/a.py',
      ['urlencode({"response_type": "code", "client_id": CLIENT_ID})'],
    ],
    [
      'an address is written down',
      'src/lib/a.ts',
      ['res.redirect(`https://acme.io/login/oauth/authorize?state=${state}`)'],
    ],
    [
      'a code is exchanged',
      'internal/x/a.go',
      ['\ttok, err := s.conf.Exchange(ctx, r.URL.Query().Get("code"))'],
    ],
    [
      'an app asks by AppAuth',
      'src/main/kotlin/x/A.kt',
      ['  val r = AuthorizationRequest.Builder(config, id, CODE, uri).build()'],
    ],
    [
      'an app signs for itself',
      'src/lib/a.ts',
      ["const t = jwt.sign({ iss: appId }, key, { algorithm: 'RS256' })"],
    ],
    ['a token is encrypted', 'src/main/java/x/A.java', ['  return box.encrypt(refreshToken);']],
    ['a field keeps one', 'app/core/a.py', ['    token = EncryptedTextField()']],
  ])('is told where %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('selected')
  })
})

describe('libraries that need no import to be known', () => {
  test.each([
    [
      'a client of Micronaut',
      'src/main/java/x/A.java',
      ['@Client("https://rates.fx.io") interface A { Rates latest(); }'],
    ],
    ['a client of Refit', 'src/X/A.cs', ['services.AddRefitClient<IRates>();']],
    ['a disk elsewhere', 'src/Lib/A.php', ["<?php return Storage::disk('s3')->put('x', $f);"]],
    ['a bus of .NET', 'src/X/A.cs', ['class A { Task Go(IBus bus, Order o) => bus.Publish(o); }']],
    ['a bridge of Spring', 'src/main/java/x/A.java', ['  private final StreamBridge bridge;']],
    ['messages of SQS', 'internal/x/a.go', ['\tout, err := w.queue.ReceiveMessage(ctx, in)']],
    ['queues of Workers', 'api/wrangler.toml', ['[[queues.consumers]]', 'queue = "orders"']],
    ['pushes of Firebase', 'src/main/kotlin/x/A.kt', ['class A : FirebaseMessagingService() {']],
    ['policies of Polly', 'src/X/A.cs', ['var policy = builder.WaitAndRetryAsync(4, Wait);']],
    [
      'a client around a client',
      'internal/x/a.go',
      ['func (p *Pace) Do(r *http.Request) (*http.Response, error) {'],
    ],
    [
      'a job with a client',
      'app/lib/a.rb',
      ['include Sidekiq::Worker', 'def perform = Partner::Client.new.upload(csv)'],
    ],
  ])('tell of %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('selected')
  })

  test.each([
    ['a disk of its own', 'src/Lib/A.php', ["<?php return Storage::disk('local')->put('x', $f);"]],
    [
      'a player',
      'web/package.json',
      ['{ "dependencies": {', '    "vimeo-froogaloop2": "0.1.1"', '} }'],
    ],
    [
      'a handler',
      'internal/x/a.go',
      ['func (h *H) Show(w http.ResponseWriter, r *http.Request) {'],
    ],
  ])('say nothing of %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('skipped')
  })
})

test.each([
  ['a group of Go', 'internal/x/a.go', '\tw := e.Group("/webhooks")'],
  ['a servlet', 'src/main/java/x/A.java', '@WebServlet("/ipn")'],
  ['a router of PHP', 'src/Lib/A.php', "<?php $router->add('POST', '/callback/bank', $take);"],
  ['a request of Unirest', 'src/main/java/x/A.java', '  Unirest.post(url).body(b).asString();'],
  [
    'a request of Flurl',
    'src/X/A.cs',
    'await url.AppendPathSegment("latest").GetJsonAsync<Rates>();',
  ],
])('one line is enough for %s', (_, path, line) => {
  expect(decided(path, [line])).toBe('selected')
})
