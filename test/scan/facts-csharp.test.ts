import { expect, test } from 'vitest'
import { sample } from './sample.ts'

const service = await sample(
  'Billing/BillingController.cs',
  `global using Stripe;
using System.Net.Http;
using S3 = Amazon.S3;
using static System.Math;

namespace Shop.Billing;

[ApiController]
[Route("api/billing")]
public class BillingController(HttpClient http, int retries) : ControllerBase
{
    private readonly StripeClient _client = new StripeClient("key");
    private static readonly HttpClient Shared = new();
    public IQueue Queue { get; init; } = new RabbitQueue();
    private string _name;

    public BillingController(IConfiguration configuration)
    {
        _key = configuration["Stripe:Key"];
        _host = Environment.GetEnvironmentVariable("HOST");
        _mode = configuration.GetValue<string>("Stripe:Mode");
        _sqs = new AmazonSQSClient(config);
        var api = _httpClientFactory.CreateClient("api");
        var names = new List<string>();
        throw new InvalidOperationException("x");
    }

    [Authorize]
    [HttpPost("webhook")]
    public async Task<IActionResult> Hook([FromBody] Event e)
    {
        HttpResponseMessage answer = await _client.PostAsync(url, content);
        answer.EnsureSuccessStatusCode();
        events.ForEach(one => _sqs?.SendMessageAsync(one));
        return Ok();
    }

    [Route("orders/{id}"), HttpGet]
    public IActionResult Order() => Ok();

    [HttpPut(Name = "replace")]
    public IActionResult Replace() => Ok();

    public void Plain() {}
}
`,
)

test('usings, global, static and with an alias, are imports', () => {
  expect(service.captures('import')).toEqual([
    { module: 'Stripe' },
    { module: 'System.Net.Http' },
    { module: 'Amazon.S3', clause: 'S3' },
    { module: 'System.Math' },
  ])
})

test('primary constructors, fields, properties, parameters and variables are declared names', () => {
  expect(service.captures('declared-name')).toEqual([
    { name: 'http', type: 'HttpClient' },
    { name: '_client', type: 'StripeClient' },
    { name: 'Shared', type: 'HttpClient' },
    { name: 'Queue', type: 'IQueue' },
    { name: 'configuration', type: 'IConfiguration' },
    { name: 'e', type: 'Event' },
    { name: 'answer', type: 'HttpResponseMessage' },
  ])
})

test('clients are named by field, property or variable; data and exceptions are left out', () => {
  expect(service.captures('client-construction')).toEqual([
    { ctor: 'StripeClient', binding: '_client' },
    { ctor: 'HttpClient', binding: 'Shared' },
    { ctor: 'RabbitQueue', binding: 'Queue' },
    { ctor: 'AmazonSQSClient', binding: '_sqs' },
    { ctor: '_httpClientFactory.CreateClient', binding: 'api' },
  ])
})

test('environment variables and configuration keys are read', () => {
  expect(service.captures('environment-key').map(({ name }) => name)).toEqual([
    '"Stripe:Key"',
    '"HOST"',
    '"Stripe:Mode"',
  ])
})

test('an attribute makes a method a route, with the path beside it and the prefix of the class', () => {
  const form = 'decorated'
  const prefix = '"api/billing"'
  expect(service.captures('route-handler')).toEqual([
    { form, prefix, method: 'HttpPost', path: '"webhook"', name: 'Hook' },
    { form, prefix, method: 'HttpGet', path: '"orders/{id}"', name: 'Order' },
    { form, prefix, method: 'HttpPut', name: 'Replace' },
  ])
})

test('calls carry their receiver, and stand in their method', () => {
  const hook = service.of('call').filter((fact) => fact.line > 27)
  expect(hook.map(({ captures, args }) => [captures['callee'], args])).toEqual([
    ['_client.PostAsync', ['url', 'content']],
    ['answer.EnsureSuccessStatusCode', []],
    ['events.ForEach', ['one => _sqs?.SendMessageAsync(one)']],
    ['_sqs?.SendMessageAsync', ['one']],
  ])
  expect(hook[0]?.scope?.name).toBe('Hook')
})

test('minimal APIs mount handlers', async () => {
  const { captures } = await sample(
    'Program.cs',
    `var app = builder.Build();
app.MapPost("/hook", async (HttpRequest request) => Results.Ok());
app.MapGet("/x", Handlers.Get).RequireAuthorization();
app.UseRouting();
`,
  )
  expect(captures('route-handler')).toEqual([
    { form: 'mounted', router: 'app', method: 'MapPost', path: '"/hook"' },
    { form: 'mounted', router: 'app', method: 'MapGet', path: '"/x"', name: 'Handlers.Get' },
  ])
})
