import { describe, expect, test } from 'vitest'
import { seenIn } from '../support/seen-facts.ts'

const seenInPhp = (code: string) => seenIn('src/sample.php', `<?php\n${code}\n`)

describe('imports', () => {
  test('a class is imported by its whole name, and an alias is kept', async () => {
    const seen = await seenInPhp('use Stripe\\StripeClient;\nuse GuzzleHttp\\Client as Http;')
    expect(seen('import', 'module', 'clause')).toEqual([
      { module: 'Stripe\\StripeClient' },
      { module: 'GuzzleHttp\\Client', clause: 'Http' },
    ])
  })

  test('each member of a group is an import of its own, with the prefix of the group', async () => {
    const seen = await seenInPhp('use Aws\\{S3\\S3Client, Sqs\\SqsClient as Queue};')
    expect(seen('import', 'prefix', 'module', 'clause')).toEqual([
      { prefix: 'Aws', module: 'S3\\S3Client' },
      { prefix: 'Aws', module: 'Sqs\\SqsClient', clause: 'Queue' },
    ])
  })

  test('a function and several names in one statement are imports, a trait of a class is none', async () => {
    const seen = await seenInPhp(
      'use function Sentry\\captureException;\nuse A\\B, C\\D;\nclass E { use F; }',
    )
    expect(seen('import', 'module')).toEqual([
      { module: 'Sentry\\captureException' },
      { module: 'A\\B' },
      { module: 'C\\D' },
    ])
  })
})

const SERVICE = `
final class Billing
{
    private ?LoggerInterface $logger;
    private static $cache;

    public function __construct(
        private readonly StripeClient $stripe,
        private string|int $account,
        $untyped,
    ) {
        $this->http = new \\GuzzleHttp\\Client(['timeout' => 5]);
        $this->mail = $mail ?? new Mailer($key);
    }

    public function refund(Charge $charge, string ...$reasons): Refund
    {
        $fresh = array_map(fn ($one) => trim($one), $reasons);
        return $this->stripe->refunds->create(['charge' => $charge->id], ['idempotency_key' => $key]);
    }
}`

describe('scopes', () => {
  test('classes and methods have names, closures take the name around them', async () => {
    const seen = await seenInPhp(SERVICE)
    expect(seen('function', 'name', 'form', 'scope')).toEqual([
      { name: 'Billing', form: 'class' },
      { name: '__construct', form: 'function', scope: 'Billing' },
      { name: 'refund', form: 'function', scope: 'Billing' },
      { form: 'function', scope: 'refund' },
    ])
  })

  test('interfaces, traits, enums and classes without a name are classes', async () => {
    const seen = await seenInPhp('interface A {}\ntrait B {}\nenum C {}\n$d = new class {};')
    expect(seen('function', 'name', 'form')).toEqual([
      { name: 'A', form: 'class' },
      { name: 'B', form: 'class' },
      { name: 'C', form: 'class' },
      { form: 'class' },
    ])
  })
})

describe('names with a type', () => {
  test('are properties, promoted properties and parameters, with the type as written', async () => {
    const seen = await seenInPhp(SERVICE)
    expect(seen('declared-name', 'name', 'type')).toEqual([
      { name: '$logger', type: '?LoggerInterface' },
      { name: '$stripe', type: 'StripeClient' },
      { name: '$account', type: 'string|int' },
      { name: '$charge', type: 'Charge' },
      { name: '$reasons', type: 'string' },
    ])
  })
})

describe('clients', () => {
  test('a client is named by the property it is bound to, a fallback too', async () => {
    const seen = await seenInPhp(SERVICE)
    expect(seen('client-construction', 'ctor', 'binding', 'args')).toEqual([
      { ctor: '\\GuzzleHttp\\Client', binding: '$this->http', args: ["['timeout' => 5]"] },
      { ctor: 'Mailer', binding: '$this->mail', args: ['$key'] },
    ])
  })

  test('a client may be made without arguments, and without a name', async () => {
    const seen = await seenInPhp('return new SqsClient;')
    expect(seen('client-construction', 'ctor', 'binding')).toEqual([{ ctor: 'SqsClient' }])
  })

  test('a factory is the first part of its chain', async () => {
    const seen = await seenInPhp(
      "$s3 = S3Client::factory($options);\n$ai = OpenAI::factory()->withApiKey('k')->make();",
    )
    expect(seen('client-construction', 'ctor', 'binding')).toEqual([
      { ctor: 'S3Client::factory', binding: '$s3' },
      { ctor: 'OpenAI::factory', binding: '$ai' },
    ])
  })

  test('what the container makes is known by its class', async () => {
    const seen = await seenInPhp(
      '$a = app(StripeClient::class);\n$this->b = $this->app->make(\\Twilio\\Rest\\Client::class);',
    )
    expect(seen('client-construction', 'ctor', 'binding')).toEqual([
      { ctor: 'StripeClient', binding: '$a' },
      { ctor: '\\Twilio\\Rest\\Client', binding: '$this->b' },
    ])
  })

  test.each([
    'throw new PaymentException($a);',
    '$day = new \\DateTimeImmutable();',
    '$list = new Collection([]);',
    '$copy = new static($a);',
    '$any = new $class();',
    '$rows = Order::query()->get();',
  ])('data is no client: %s', async (code) => {
    const seen = await seenInPhp(code)
    expect(seen('client-construction', 'ctor')).toEqual([])
  })
})

describe('calls', () => {
  test('a call carries its whole chain and its arguments', async () => {
    const seen = await seenInPhp(SERVICE)
    expect(seen('call', 'callee', 'args', 'scope')).toEqual([
      {
        callee: '$this->stripe->refunds->create',
        args: ["['charge' => $charge->id]", "['idempotency_key' => $key]"],
        scope: 'refund',
      },
    ])
  })

  test('each call of a chain is a call, static and null-safe ones too', async () => {
    const seen = await seenInPhp("Http::withToken($t)->post('/v1', body: $b);\n$client?->send();")
    expect(seen('call', 'callee', 'args')).toEqual([
      { callee: 'Http::withToken($t)->post', args: ["'/v1'", 'body: $b'] },
      { callee: 'Http::withToken', args: ['$t'] },
      { callee: '$client?->send', args: [] },
    ])
  })

  test('plain functions that leave the process are calls, others are not', async () => {
    const seen = await seenInPhp(
      "$c = curl_init('https://a.io');\n\\curl_exec($c);\nwp_remote_post($url, []);\nmail($to, $s, $b);\ntrim($x);\ncustom_mail($x);",
    )
    expect(seen('call', 'callee')).toEqual([
      { callee: 'curl_init' },
      { callee: '\\curl_exec' },
      { callee: 'wp_remote_post' },
      { callee: 'mail' },
    ])
  })
})

describe('environment and configuration', () => {
  test('are read by name in every everyday form', async () => {
    const seen = await seenInPhp(
      "getenv('A');\nenv('B', 1);\n$_ENV['C'];\nconfig('services.stripe.key');\nConfig::get('services.d', null);",
    )
    expect(seen('environment-key', 'name')).toEqual([
      { name: "'A'" },
      { name: "'B'" },
      { name: "'C'" },
      { name: "'services.stripe.key'" },
      { name: "'services.d'" },
    ])
  })

  test('a name that the code computes, or a setting that it writes, is none', async () => {
    const seen = await seenInPhp("env($name);\nconfig(['a' => 1]);\n$cache->get('a');")
    expect(seen('environment-key', 'name')).toEqual([])
  })

  test('an injected variable is named by its attribute', async () => {
    const seen = await seenInPhp(
      "class A { function __construct(#[Autowire(env: 'STRIPE_KEY')] private string $key) {} }",
    )
    expect(seen('environment-key', 'name')).toEqual([{ name: "'STRIPE_KEY'" }])
  })
})

describe('routes', () => {
  test('of Laravel have path, method and handler in all of their forms', async () => {
    const seen = await seenInPhp(`
Route::post('/stripe', [WebhookController::class, 'handle'])->name('hook');
Route::middleware('auth')->put('/a', 'AController@update');
Route::get('/b', ['uses' => 'BController@show']);
Route::match(['get', 'post'], '/c', CController::class);
Route::any('/d', function (Request $request) { return 1; });
$router->delete('/e', DController::class);`)
    expect(seen('route-handler', 'form', 'method', 'path', 'controller', 'name')).toEqual([
      {
        form: 'mounted',
        method: 'post',
        path: "'/stripe'",
        controller: 'WebhookController',
        name: "'handle'",
      },
      { form: 'mounted', method: 'put', path: "'/a'", name: "'AController@update'" },
      { form: 'mounted', method: 'get', path: "'/b'", name: "'BController@show'" },
      { form: 'mounted', method: "['get', 'post']", path: "'/c'", controller: 'CController' },
      { form: 'mounted', method: 'any', path: "'/d'" },
      { form: 'mounted', method: 'delete', path: "'/e'", controller: 'DController' },
    ])
  })

  test('of Slim and WordPress are mounted by a call', async () => {
    const seen = await seenInPhp(`
$app->post('/hook', function ($request, $response) { return $response; });
$app->map(['GET', 'POST'], '/both', Both::class);
register_rest_route('shop/v1', '/hook', ['methods' => 'POST', 'callback' => 'shop_hook']);`)
    expect(seen('route-handler', 'method', 'path', 'name', 'prefix')).toEqual([
      { method: 'post', path: "'/hook'" },
      { method: "['GET', 'POST']", path: "'/both'" },
      { method: "'POST'", path: "'/hook'", name: "'shop_hook'", prefix: "'shop/v1'" },
    ])
  })

  test('of Symfony are the whole method, with the prefix of its class', async () => {
    const seen = await seenInPhp(`
#[Route('/webhooks')]
class HookController {
    #[Route('/stripe', name: 'stripe', methods: ['POST'])]
    public function stripe(Request $request): Response { return new Response(); }
    #[Route(path: '/ping')]
    public function ping() {}
    private function helper() {}
}`)
    expect(seen('route-handler', 'form', 'method', 'path', 'prefix', 'name')).toEqual([
      {
        form: 'decorated',
        method: "['POST']",
        path: "'/stripe'",
        prefix: "'/webhooks'",
        name: 'stripe',
      },
      {
        form: 'decorated',
        method: 'Route',
        path: "'/ping'",
        prefix: "'/webhooks'",
        name: 'ping',
      },
    ])
  })

  test.each([
    "Http::post('/a', ['b' => 1]);",
    "$client->post('/a', $body);",
    "$app->get('cache', $default);",
    "Route::redirect('/a', '/b');",
  ])('what only looks like a route is none: %s', async (code) => {
    const seen = await seenInPhp(code)
    expect(seen('route-handler', 'path')).toEqual([])
  })
})
