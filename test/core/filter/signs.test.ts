import { describe, expect, test } from 'vitest'
import { added, decisionAbout, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decided = (path: string, lines: readonly string[]) =>
  decisionAbout(added(path, lines.join('\n')), { catalog }).decision

describe('a route that others call is told by its path, in the words of each framework', () => {
  test.each([
    ['Express', 'src/lib/a.ts', "router.post('/webhooks/orders', async (req, res) => {"],
    ['Hono', 'src/lib/a.ts', "app.post('/callback/payments', async (c) => {"],
    ['Nest', 'src/lib/a.ts', "@Controller('hooks')"],
    ['Flask', 'app/core/a.py', '@bp.route("/hooks/orders", methods=["POST"])'],
    ['FastAPI', 'app/core/a.py', '@router.post("/incoming/mollie")'],
    ['aiohttp', 'app/core/a.py', "app.router.add_post('/callbacks/carrier', on_event)"],
    ['Django', 'app/core/a.py', 'urlpatterns = [path("hooks/carrier/", handlers.carrier)]'],
    ['net/http', 'internal/x/a.go', '\thttp.HandleFunc("/webhooks/orders", take)'],
    ['a mux of Go', 'internal/x/a.go', '\tmux.Handle("POST /notify/bank", h)'],
    ['chi', 'internal/x/a.go', '\ts.router.Post("/callbacks/payments", s.onPayment)'],
    ['gin', 'internal/x/a.go', '\tg.POST("/hooks/carrier", s.carrier)'],
    ['Rails', 'config/routes.rb', '  post "webhooks/orders", to: "orders#webhook"'],
    ['a namespace of Rails', 'config/routes.rb', '  namespace :webhooks do'],
    ['Sinatra', 'app/lib/a.rb', 'post "/callbacks/bank" do'],
    ['Laravel', 'routes/api.php', "Route::post('/hooks/carrier', [Carrier::class, 'take']);"],
    ['Symfony', 'src/Lib/A.php', "  #[Route('/callback/bank', methods: ['POST'])]"],
    ['Slim', 'src/Lib/A.php', "$app->post('/ipn/paypal', function ($req, $res) {"],
    ['Spring', 'src/main/java/x/A.java', '  @PostMapping("/callbacks/orders")'],
    ['JAX-RS', 'src/main/java/x/A.java', '@Path("/hooks/carrier")'],
    ['Ktor', 'src/main/kotlin/x/A.kt', '  post("/webhooks/orders") {'],
    ['ASP.NET', 'src/X/A.cs', 'app.MapPost("/webhooks/orders", async (Event e) => {'],
    ['MVC', 'src/X/A.cs', '[ApiController, Route("hooks/carrier")]'],
    ['axum', 'src/x/a.rs', '    Router::new().route("/webhooks/orders", post(orders))'],
    ['actix', 'src/x/a.rs', 'cfg.service(web::resource("/callbacks/bank").route(web::post()));'],
  ])('in %s', (_, path, line) => {
    expect(decided(path, [line])).toBe('selected')
  })

  test('in Fastify, which takes an object', () => {
    const route = ["app.route({ method: 'POST', url: '/hooks/github',", '  handler: take,', '})']
    expect(decided('src/lib/a.ts', route)).toBe('selected')
  })

  test.each([
    ['is another', 'src/lib/a.ts', "router.post('/orders', create)"],
    ['only ends like one', 'src/lib/a.ts', "app.get('/react-hooks', show)"],
    ['is called and not answered', 'src/lib/a.ts', "await api.post('/webhooks', hook)"],
    ['is no route', 'app/core/a.py', '@app.callback()'],
    ['is one of users', 'config/routes.rb', '  post "orders/:id/cancel", to: "orders#cancel"'],
  ])('and not where it %s', (_, path, line) => {
    expect(decided(path, [line])).toBe('skipped')
  })
})

describe('who lets everybody post takes events', () => {
  test.each([
    [
      'Django',
      'app/core/a.py',
      ['@csrf_exempt', 'def on_payment(request):', '    event = json.loads(request.body)'],
    ],
    [
      'Django REST',
      'app/core/a.py',
      [
        '    authentication_classes = []',
        '    def post(self, request):',
        '        event = request.data',
      ],
    ],
    ['Rails', 'app/lib/a.rb', ['  skip_before_action :verify_authenticity_token', '  def notify']],
    [
      'PHP',
      'web/a.php',
      ['<?php', "$event = json_decode(file_get_contents('php://input'), true);"],
    ],
    [
      'a route of Next',
      'app/api/bill/route.ts',
      [
        '  const event = await request.json()',
        "  if (event.type === 'invoice.paid') await markPaid(event)",
      ],
    ],
  ])('in %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('selected')
  })

  test.each([
    [
      'a language is chosen',
      'app/core/a.py',
      [
        '@csrf_exempt',
        'def set_language(request):',
        '    request.session["lang"] = request.POST["lang"]',
      ],
    ],
    [
      'users sign in',
      'app/lib/a.rb',
      [
        '  skip_before_action :verify_authenticity_token',
        '  def create',
        '    user = User.find_by(email: params[:email])',
      ],
    ],
    [
      'an item is kept',
      'app/api/items/route.ts',
      ['  const item = await request.json()', '  await db.item.create({ data: item })'],
    ],
  ])('and not where %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('skipped')
  })
})

describe('signatures, secrets and tokens', () => {
  test.each([
    [
      'a signature is checked',
      'internal/x/a.go',
      [
        '  m := hmac.New(sha256.New, secret)',
        '  m.Write(body)',
        '  return hmac.Equal(m.Sum(nil), header)',
      ],
    ],
    [
      'a body is signed',
      'src/main/kotlin/x/A.kt',
      ['fun sign(body: String): String {', '  val mac = Mac.getInstance("HmacSHA256")'],
    ],
    ['a header carries one', 'src/x/a.rs', ['let sig = headers.get("x-signature");']],
    [
      'a token is sealed',
      'internal/x/a.go',
      ['func Seal(token []byte) {', '  g, err := cipher.NewGCM(block)'],
    ],
    [
      'API tokens are given out',
      'app/lib/a.rb',
      ['raw = SecureRandom.hex(24)', 'user.api_tokens.create!(digest: sha(raw))'],
    ],
    [
      'a token is asked for',
      'app/core/a.py',
      ['post(URL, {"grant_type": "authorization_code", "code": code})'],
    ],
    [
      'a library signs in',
      'src/Lib/A.php',
      ["<?php return Socialite::driver('github')->redirect();"],
    ],
  ])('are of integrations where %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('selected')
  })

  test.each([
    [
      'a cookie is signed',
      'internal/x/a.go',
      [
        '  m := hmac.New(sha256.New, secret)',
        '  m.Write(cookie)',
        '  return hmac.Equal(m.Sum(nil), body)',
      ],
    ],
    [
      'an id is drawn beside a call',
      'src/lib/a.ts',
      ["import { nanoid } from 'nanoid'", '', '', '', 'const apiToken = verify(header)'],
    ],
  ])('are none where %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('skipped')
  })
})

describe('queues and jobs', () => {
  test.each([
    [
      'a function takes events',
      'src/lib/a.ts',
      ['export const handler = async (event: SQSEvent) => {'],
    ],
    ['a function takes records', 'app/core/a.py', ['    for record in event["Records"]:']],
    [
      'a function is called by one',
      'src/X/A.cs',
      ['  public Task Run([QueueTrigger("orders")] Order o) => svc.Take(o);'],
    ],
    [
      'a bean listens',
      'src/main/java/x/A.java',
      ['  @Incoming("orders") void on(Order o) { svc.ship(o); }'],
    ],
    [
      'a job speaks to another system',
      'app/core/a.py',
      ['@shared_task', 'def push():', '    crm.upsert(contact)'],
    ],
    [
      'a worker uploads',
      'src/main/kotlin/x/A.kt',
      ['class A : CoroutineWorker(ctx, p) {', '  api.upload(dao.pending())'],
    ],
    [
      'rows are read on from a cursor',
      'src/x/a.rs',
      ['while let Some(p) = crm.contacts_page(&cursor).await? {', '  db.upsert(&p).await?;'],
    ],
  ])('where %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('selected')
  })

  test('and not where a job cleans up', () => {
    expect(
      decided('app/core/a.py', ['@shared_task', 'def clean():', '    Session.objects.delete()']),
    ).toBe('skipped')
  })
})

describe('what keeps calls of others from failing', () => {
  test.each([
    [
      'tries again and waits longer',
      'src/lib/a.ts',
      ['for (let n = 0; n < 4; n += 1) {', '  if (error.status === 429) await sleep(2 ** n * 100)'],
    ],
    [
      'breaks the circuit',
      'src/lib/a.ts',
      ['class Breaker {', '  failures = 0', '  openUntil = 0'],
    ],
    ['keeps to public addresses', 'src/x/a.rs', ['!a.is_private() && !a.is_loopback()']],
    [
      'looks at an address',
      'app/core/a.py',
      ['if not ipaddress.ip_address(addr[0]).is_global: raise'],
    ],
    [
      'stands in a client of Go',
      'internal/x/a.go',
      ['func (t x) RoundTrip(r *http.Request) (*http.Response, error) {'],
    ],
    ['stands in a client of .NET', 'src/X/A.cs', ['class A : DelegatingHandler { }']],
    [
      'stands in a client of Kotlin',
      'src/main/kotlin/x/A.kt',
      ['    val r = chain.proceed(chain.request())'],
    ],
    ['remembers events', 'app/core/a.py', ['ProcessedEvent.objects.get_or_create(id=id)']],
  ])('is code that %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('selected')
  })

  test.each([
    [
      'tries a transaction again',
      'src/lib/a.ts',
      ['for (let n = 0; n < 3; n++) {', "  if (e.code !== '40001') await sleep(2 ** n)"],
    ],
    ['is a breaker of lines', 'src/lib/a.ts', ['class LineBreaker {', '  width = 80']],
  ])('is not code that %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('skipped')
  })
})

describe('clients that are declared or given a key', () => {
  test.each([
    [
      'of Spring',
      'src/main/java/x/A.java',
      ['  @PostExchange("/charges") Charge create(NewCharge c);'],
    ],
    [
      'of Retrofit',
      'src/main/kotlin/x/A.kt',
      ['  @GET("contacts") suspend fun contacts(): List<Contact>'],
    ],
    ['of Refit', 'src/X/A.cs', ['  [Get("/latest")] Task<Rates> Latest();']],
    ['of a library', 'app/lib/a.rb', ['@client = AcmeCrm::Client.new(api_key: key)']],
    [
      'of a framework',
      'src/main/java/x/A.java',
      ['  http.get().uri(path).retrieve().body(Rates.class);'],
    ],
    [
      'of settings',
      'src/X/A.cs',
      ['public class CarrierOptions { public Uri BaseUrl; public string ApiKey; }'],
    ],
  ])('%s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('selected')
  })
})

describe('what only looks like an integration', () => {
  const noise = (count: number) => Array.from({ length: count }, () => '  "AB": "Ab Coin",')

  test.each([
    [
      'is itself the directory',
      'server/src/infra/ldap/handler.rs',
      ['use ldap3_proto::LdapOp;', 'fn bind(r: LdapBindRequest) -> LdapResult {}'],
    ],
    ['names buttons', 'app/view.go', ['\tOAuthButtons []Button', '\tWebhookButtons()']],
    [
      'makes ids',
      'app/lib/a.rb',
      [
        'class Feed',
        '  def from = Snowflake.id_at(2.weeks.ago)',
        '  def to = Snowflake.timestamp_of(last)',
      ],
    ],
    [
      'draws a screen of Android',
      'app/src/main/java/x/A.kt',
      ['import android.view.View', 'import retrofit2.HttpException'],
    ],
    ['is data', 'app/assets/coins.json', ['{', ...noise(2_100), '  "SNS": "Synesis One"', '}']],
  ])('is skipped where it %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('skipped')
  })
})

describe('what stands on several lines', () => {
  test.each([
    [
      'a request of Rust',
      'src/x/a.rs',
      ['let answer = proxy', '    .get(url)', '    .send()', '    .await?;'],
    ],
    [
      'an answer of Spring',
      'src/main/java/x/A.java',
      ['  return http.get().uri(path)', '      .retrieve()', '      .body(Rates.class);'],
    ],
    ['a route', 'src/lib/a.ts', ['router.post(', "  '/webhooks/orders',", '  take,', ')']],
    [
      'a client and its key',
      'src/lib/a.ts',
      ['export const crm = new CrmClient({', '  apiKey: settings.key,', '})'],
    ],
  ])('is read as one: %s', (_, path, lines) => {
    expect(decided(path, lines)).toBe('selected')
  })
})

describe('services by their names', () => {
  test('a key in settings is for the service that it names', () => {
    expect(decided('config/site.yml', ['turnstile_secret_key: null'])).toBe('selected')
    expect(decided('config/site.yml', ['search_secret_key: null'])).toBe('skipped')
  })

  test('a package may be named after one that has no pack', () => {
    expect(decided('requirements.txt', ['cloudinary==1.44.0'])).toBe('selected')
  })

  test('a registry is called where its API is', () => {
    const url = (path: string) => [`const url = 'https://crates.io${path}'`, 'fetchJson(url)']
    expect(decided('src/lib/a.ts', url('/api/v1/crates'))).toBe('selected')
    expect(decided('src/lib/a.ts', url('/crates/serde'))).toBe('skipped')
  })
})
