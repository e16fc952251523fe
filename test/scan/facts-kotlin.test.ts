import { describe, expect, test } from 'vitest'
import { seenIn } from '../support/seen-facts.ts'

const seenInKotlin = (code: string) => seenIn('src/Sample.kt', `package sample\n\n${code}\n`)

test('an aliased import keeps its alias, and a whole package is imported as written', async () => {
  const seen = await seenInKotlin(
    'import com.stripe.StripeClient as Stripe\nimport io.ktor.client.*\nimport a.b.send',
  )
  expect(seen('import', 'module', 'clause')).toEqual([
    { module: 'com.stripe.StripeClient', clause: 'Stripe' },
    { module: 'io.ktor.client.*' },
    { module: 'a.b.send' },
  ])
})

const SERVICE = `
class Billing(private val stripe: StripeClient, timeout: Int?, val log: Sink = Sink("x")) : Base() {
    private val http = HttpClient(CIO) { install(Logging) }
    private val api by lazy { RestApi(http) }
    private var queue: Queue<Job>? = null

    constructor(key: String) : this(StripeClient(key), null)

    suspend fun refund(charge: Charge, done: (Int) -> Unit): Refund {
        val row: Row = find(charge)
        queue = given ?: SqsClient(region)
        http.post("https://a.io/v1") { setBody(charge) }
        stripe?.refunds()?.create(params, options)
        http.get(url).body<Refund>()
        charge.lines.forEach { line -> log.write(line) }
        return Refund(1)
    }

    companion object { fun create(): Billing = TODO() }
}`

test('classes, objects and functions are named, lambdas and companions are not', async () => {
  const seen = await seenInKotlin(`${SERVICE}
interface Port { fun send() }
object Root
fun Application.module() { val f = fun(a: Int) {} }
val one = object : Port { override fun send() {} }`)
  expect(seen('function', 'name', 'form', 'scope')).toEqual([
    { name: 'Billing', form: 'class' },
    { form: 'function', scope: 'Billing' },
    { form: 'function', scope: 'Billing' },
    { form: 'function', scope: 'Billing' },
    { name: 'refund', form: 'function', scope: 'Billing' },
    { form: 'function', scope: 'refund' },
    { form: 'function', scope: 'refund' },
    { form: 'class', scope: 'Billing' },
    { name: 'create', form: 'function', scope: 'Billing' },
    { name: 'Port', form: 'class' },
    { name: 'send', form: 'function', scope: 'Port' },
    { name: 'Root', form: 'class' },
    { name: 'module', form: 'function' },
    { form: 'function', scope: 'module' },
    { form: 'class' },
    { name: 'send', form: 'function' },
  ])
})

test('parameters, properties and variables have their type as written', async () => {
  const seen = await seenInKotlin(SERVICE)
  expect(seen('declared-name', 'name', 'type')).toEqual([
    { name: 'stripe', type: 'StripeClient' },
    { name: 'timeout', type: 'Int?' },
    { name: 'log', type: 'Sink' },
    { name: 'queue', type: 'Queue<Job>?' },
    { name: 'key', type: 'String' },
    { name: 'charge', type: 'Charge' },
    { name: 'done', type: '(Int) -> Unit' },
    { name: 'row', type: 'Row' },
  ])
})

describe('clients', () => {
  test('a client is named by its property or parameter, lazy or as a fallback too', async () => {
    const seen = await seenInKotlin(SERVICE)
    expect(seen('client-construction', 'ctor', 'binding', 'args')).toEqual([
      { ctor: 'Sink', binding: 'log', args: ['"x"'] },
      { ctor: 'HttpClient', binding: 'http', args: ['CIO'] },
      { ctor: 'RestApi', binding: 'api', args: ['http'] },
      { ctor: 'StripeClient', args: ['key'] },
      { ctor: 'SqsClient', binding: 'queue', args: ['region'] },
      { ctor: 'Refund', args: ['1'] },
    ])
  })

  test('a builder, a factory, an interface and a configured client keep the name they begin with', async () => {
    const seen = await seenInKotlin(`
val s3 = S3Client.builder().region(r).build()
val pay = Stripe.create(key)
val api = retrofit.create(GitHub::class.java)
val hub = retrofit.create<GitHub>()
val web = OkHttpClient().apply { retry = true }`)
    expect(seen('client-construction', 'ctor', 'binding')).toEqual([
      { ctor: 'S3Client.builder', binding: 's3' },
      { ctor: 'Stripe.create', binding: 'pay' },
      { ctor: 'GitHub', binding: 'api' },
      { ctor: 'GitHub', binding: 'hub' },
      { ctor: 'OkHttpClient', binding: 'web' },
      { ctor: 'OkHttpClient' },
    ])
  })

  test('what a module provides is made without a name', async () => {
    const seen = await seenInKotlin('val all = module { single { StripeClient(get()) } }')
    expect(seen('client-construction', 'ctor', 'binding')).toEqual([{ ctor: 'StripeClient' }])
  })

  test.each([
    'val a = mutableListOf(1)',
    'val a = HashMap<String, Int>()',
    'val a = URL(b)',
    'fun a() { throw IllegalStateException("b") }',
    'fun a() { Column { Text("b") } }',
    'val a = charges.find(1)',
  ])('data and elements of a page are no clients: %s', async (code) => {
    const seen = await seenInKotlin(code)
    expect(seen('client-construction', 'ctor')).toEqual([])
  })
})

test('calls of something are calls, safe, generic and with a lambda too', async () => {
  const seen = await seenInKotlin(SERVICE)
  expect(seen('call', 'callee', 'args')).toEqual([
    { callee: 'http.post', args: ['"https://a.io/v1"'] },
    { callee: 'stripe?.refunds()?.create', args: ['params', 'options'] },
    { callee: 'stripe?.refunds', args: [] },
    { callee: 'http.get(url).body', args: [] },
    { callee: 'http.get', args: ['url'] },
    { callee: 'charge.lines.forEach', args: [] },
    { callee: 'log.write', args: ['line'] },
  ])
})

test('the environment, the build and configuration are read by name', async () => {
  const seen = await seenInKotlin(`
class A(@Value("\\\${stripe.key}") private val key: String) {
    val a = System.getenv("A") ?: "x"
    val b = System.getenv()["B"]
    val c = environment.config.property("ktor.c").getString()
    val d = BuildConfig.MAPS_KEY
    val e = BuildConfig.DEBUG
    val f = System.getenv(name)
}`)
  expect(seen('environment-key', 'name')).toEqual([
    { name: '"\\${stripe.key}"' },
    { name: '"A"' },
    { name: '"B"' },
    { name: '"ktor.c"' },
    { name: 'MAPS_KEY' },
  ])
})

describe('routes', () => {
  test('of Spring and JAX-RS are the whole function, with the prefix of the class', async () => {
    const seen = await seenInKotlin(`
@RestController
@RequestMapping("/api")
class Hooks {
    @PostMapping("/stripe")
    suspend fun stripe(@RequestBody body: String): String { return body }
    @RequestMapping(path = ["/any"], method = [RequestMethod.PUT]) fun any() = 1
    @GetMapping fun none() {}
    @POST @Path("/jax") fun jax() {}
    fun helper() {}
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
        method: '[RequestMethod.PUT]',
        path: '["/any"]',
        prefix: '"/api"',
        name: 'any',
      },
      { form: 'decorated', method: 'GetMapping', prefix: '"/api"', name: 'none' },
      { form: 'decorated', method: 'POST', path: '"/jax"', prefix: '"/api"', name: 'jax' },
    ])
  })

  test('of Ktor and http4k are mounted, with the prefix of the route around them', async () => {
    const seen = await seenInKotlin(`
fun Application.module() {
    routing {
        post("/hook") { call.respond("x") }
        route("/api") {
            get("/a") { call.respond("y") }
        }
    }
}
val app = routes("/b" bind POST to { Response(OK) })`)
    expect(seen('route-handler', 'form', 'method', 'path', 'prefix')).toEqual([
      { form: 'mounted', method: 'post', path: '"/hook"' },
      { form: 'mounted', method: 'get', path: '"/a"', prefix: '"/api"' },
      { form: 'mounted', method: 'POST', path: '"/b"' },
    ])
  })

  test('a client that is declared as an interface, or called, is none', async () => {
    const seen = await seenInKotlin(
      'interface A {\n  @GET("user") suspend fun user(): User\n  @PostMapping("/v1") fun refund(): Refund\n}\nval b = client.post("/v1") { setBody(c) }',
    )
    expect(seen('route-handler', 'path')).toEqual([])
  })
})
