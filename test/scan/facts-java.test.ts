import { describe, expect, test } from 'vitest'
import { seenIn } from '../support/seen-facts.ts'

const seenInJava = (code: string) => seenIn('src/Sample.java', `${code}\n`)
const inMethod = (code: string) => seenInJava(`class A {\n  void go() {\n    ${code}\n  }\n}`)

test('classes, static members and whole packages are imported as written', async () => {
  const seen = await seenInJava(
    'import com.stripe.StripeClient;\nimport static com.stripe.net.Webhook.constructEvent;\nimport okhttp3.*;',
  )
  expect(seen('import', 'module')).toEqual([
    { module: 'com.stripe.StripeClient' },
    { module: 'com.stripe.net.Webhook.constructEvent' },
    { module: 'okhttp3.*' },
  ])
})

const SERVICE = `
@Service
public class Billing extends Base {
  @Value("\${stripe.key}")
  private String key;
  private final StripeClient stripe;
  private final RestTemplate rest = new RestTemplate(factory);

  Billing(@Value("\${http.timeout:5}") int timeout, Map<String, Sink> sinks) {
    this.stripe = StripeClient.builder().setApiKey(key).build();
  }

  public Refund refund(final Charge charge, String... reasons) throws StripeException {
    RequestOptions options = RequestOptions.builder().setIdempotencyKey(charge.id).build();
    var sink = new Sink<String>(1);
    try (CloseableHttpClient http = HttpClients.createDefault()) {
      sinks.forEach((name, one) -> one.send(name));
    }
    return stripe.v1().refunds().create(params, options);
  }

  record Row(String id, int size) {}
}`

test('classes, records, constructors and methods are named, lambdas and anonymous classes are not', async () => {
  const seen = await seenInJava(`${SERVICE}
interface Port { void send(); }
enum Kind { A }
class B { Runnable one = new Runnable() { public void run() {} }; }`)
  expect(seen('function', 'name', 'form', 'scope')).toEqual([
    { name: 'Billing', form: 'class' },
    { name: 'Billing', form: 'function', scope: 'Billing' },
    { name: 'refund', form: 'function', scope: 'Billing' },
    { form: 'function', scope: 'refund' },
    { name: 'Row', form: 'class', scope: 'Billing' },
    { name: 'Port', form: 'class' },
    { name: 'send', form: 'function', scope: 'Port' },
    { name: 'Kind', form: 'class' },
    { name: 'B', form: 'class' },
    { form: 'class', scope: 'B' },
    { name: 'run', form: 'function', scope: 'B' },
  ])
})

test('fields, parameters, variables and record parts have their type as written, var has none', async () => {
  const seen = await seenInJava(SERVICE)
  expect(seen('declared-name', 'name', 'type')).toEqual([
    { name: 'key', type: 'String' },
    { name: 'stripe', type: 'StripeClient' },
    { name: 'rest', type: 'RestTemplate' },
    { name: 'timeout', type: 'int' },
    { name: 'sinks', type: 'Map<String, Sink>' },
    { name: 'charge', type: 'Charge' },
    { name: 'reasons', type: 'String' },
    { name: 'options', type: 'RequestOptions' },
    { name: 'http', type: 'CloseableHttpClient' },
    { name: 'id', type: 'String' },
    { name: 'size', type: 'int' },
  ])
})

describe('clients', () => {
  test('a client is named by its field, variable or resource, and a builder by its first part', async () => {
    const seen = await seenInJava(SERVICE)
    expect(seen('client-construction', 'ctor', 'binding', 'args')).toEqual([
      { ctor: 'RestTemplate', binding: 'rest', args: ['factory'] },
      { ctor: 'StripeClient.builder', binding: 'this.stripe', args: [] },
      { ctor: 'RequestOptions.builder', binding: 'options', args: [] },
      { ctor: 'Sink', binding: 'sink', args: ['1'] },
      { ctor: 'HttpClients.createDefault', binding: 'http', args: [] },
    ])
  })

  test('a constructed builder gives its name to what it builds', async () => {
    const seen = await inMethod(
      'OkHttpClient client = new OkHttpClient.Builder().callTimeout(t).build();',
    )
    expect(seen('client-construction', 'ctor', 'binding')).toEqual([
      { ctor: 'OkHttpClient.Builder', binding: 'client' },
      { ctor: 'OkHttpClient.Builder' },
    ])
  })

  test('a client that is made from an interface is known by the interface', async () => {
    const seen = await inMethod(
      'this.api = retrofit.create(StripeApi.class);\nGitHub hub = Feign.builder().target(GitHub.class, url);',
    )
    expect(seen('client-construction', 'ctor', 'binding')).toEqual([
      { ctor: 'StripeApi', binding: 'this.api' },
      { ctor: 'GitHub', binding: 'hub' },
    ])
  })

  test.each([
    'Map<String, String> a = new HashMap<>();',
    'throw new IllegalStateException(a);',
    'var at = java.time.Instant.from(a);',
    'String a = String.valueOf(b);',
    'URI a = URI.create(b);',
    'List<A> a = ImmutableList.builder().add(b).build();',
    'Charge a = charges.find(b);',
  ])('data is no client: %s', async (code) => {
    const seen = await inMethod(code)
    expect(seen('client-construction', 'ctor')).toEqual([])
  })
})

test('each call of a chain is a call with its chain and arguments, and bare calls are not', async () => {
  const seen = await inMethod(
    'return stripe.v1().refunds().create(params, /* once */ options);\nhelp(1);\nJson.<Refund>read(body);\nthis.send(a);',
  )
  expect(seen('call', 'callee', 'args', 'scope')).toEqual([
    { callee: 'stripe.v1().refunds().create', args: ['params', 'options'], scope: 'go' },
    { callee: 'stripe.v1().refunds', args: [], scope: 'go' },
    { callee: 'stripe.v1', args: [], scope: 'go' },
    { callee: 'Json.<Refund>read', args: ['body'], scope: 'go' },
    { callee: 'this.send', args: ['a'], scope: 'go' },
  ])
})

test('the environment and configuration are read by name', async () => {
  const seen = await seenInJava(`class A {
  @Value("\${stripe.key}") String a;
  @Value("#{bean.x}") String b;
  @ConfigProperty(name = "twilio.sid") String c;
  String d = System.getenv("D");
  String e = System.getenv().getOrDefault("E", "");
  String f = System.getProperty("f", "x");
  String g = environment.getRequiredProperty("g");
  String h = BuildConfig.MAPS_KEY;
  boolean i = BuildConfig.DEBUG;
  String j = map.getProperty("j");
  String k = System.getenv(name);
}`)
  expect(seen('environment-key', 'name')).toEqual([
    { name: '"${stripe.key}"' },
    { name: '"twilio.sid"' },
    { name: '"D"' },
    { name: '"E"' },
    { name: '"f"' },
    { name: '"g"' },
    { name: 'MAPS_KEY' },
  ])
})

describe('routes', () => {
  test('of Spring are the whole method, with the prefix of the class', async () => {
    const seen = await seenInJava(`@RestController
@RequestMapping("/api")
class Hooks {
  @PostMapping("/stripe")
  ResponseEntity<String> stripe(@RequestBody String body) { return null; }
  @RequestMapping(value = "/any", method = RequestMethod.PUT) void any() {}
  @GetMapping(path = {"/a", "/b"}) void both() {}
  @DeleteMapping void none() {}
  void helper() {}
}`)
    expect(seen('route-handler', 'form', 'method', 'path', 'prefix', 'name')).toEqual([
      {
        form: 'decorated',
        method: 'PostMapping',
        path: '"/stripe"',
        prefix: '"/api"',
        name: 'stripe',
      },
      {
        form: 'decorated',
        method: 'RequestMethod.PUT',
        path: '"/any"',
        prefix: '"/api"',
        name: 'any',
      },
      {
        form: 'decorated',
        method: 'GetMapping',
        path: '{"/a", "/b"}',
        prefix: '"/api"',
        name: 'both',
      },
      { form: 'decorated', method: 'DeleteMapping', prefix: '"/api"', name: 'none' },
    ])
  })

  test('of JAX-RS may have their path on the class alone', async () => {
    const seen = await seenInJava(
      '@Path("/hooks")\nclass A {\n  @POST @Path("stripe") void a() {}\n  @GET String b() { return c; }\n}',
    )
    expect(seen('route-handler', 'method', 'path', 'prefix', 'name')).toEqual([
      { method: 'POST', path: '"stripe"', prefix: '"/hooks"', name: 'a' },
      { method: 'GET', prefix: '"/hooks"', name: 'b' },
    ])
  })

  test('of a servlet have the path of its class', async () => {
    const seen = await seenInJava(
      '@WebServlet("/hook")\nclass Hook extends HttpServlet { protected void doPost(Request a, Response b) {} }',
    )
    expect(seen('route-handler', 'method', 'path', 'name')).toEqual([
      { method: 'doPost', path: '"/hook"', name: 'doPost' },
    ])
  })

  test('are mounted by a call in Javalin, Spark, Vert.x and the functional Spring', async () => {
    const seen = await inMethod(`app.post("/a", ctx -> ctx.result("x"));
    post("/b", this::handle);
    router.put("/c").handler(this::put);
    return RouterFunctions.route().DELETE("/d", handler::remove).build();`)
    expect(seen('route-handler', 'form', 'method', 'path', 'name')).toEqual([
      { form: 'mounted', method: 'post', path: '"/a"' },
      { form: 'mounted', method: 'post', path: '"/b"', name: 'handle' },
      { form: 'mounted', method: 'put', path: '"/c"' },
      { form: 'mounted', method: 'DELETE', path: '"/d"', name: 'remove' },
    ])
  })

  test('a client that is declared as an interface is none', async () => {
    const seen = await seenInJava(
      '@FeignClient("stripe")\ninterface A { @PostMapping("/v1/refunds") Refund refund(); }\ninterface B { @GET("user") Call<User> user(); }',
    )
    expect(seen('route-handler', 'path')).toEqual([])
  })
})
