import { describe, expect, test } from 'vitest'
import { inventoryOf, placesIn } from '../../support/take-inventory-of.ts'

/** Sources as people write them, and every place in them that speaks to another system. */
const SAMPLES: readonly {
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  readonly places: readonly string[]
}[] = [
  {
    title: 'TypeScript: a client that another file makes, behind a condition',
    files: {
      'src/stripe.ts': [
        "import Stripe from 'stripe'",
        'export const stripe = key ? new Stripe(key, { timeout: 5_000 }) : null',
      ].join('\n'),
      'src/refund.ts': [
        "import { stripe } from './stripe'",
        'export async function refund(charge: string) {',
        '  const client = stripe',
        '  await client.refunds.create({ charge, reason: "requested" })',
        '}',
      ].join('\n'),
    },
    places: ['stripe outbound-call src/refund.ts:4 client.refunds.create'],
  },
  {
    title: 'TypeScript: a client of a constructor parameter, and one that a function gives',
    files: {
      'src/mail.ts': [
        "import { MailService } from '@sendgrid/mail'",
        'class Notices {',
        '  constructor(private readonly mail: MailService) {}',
        '  tell(to: string) {',
        '    return this.mail.send({ to, subject: "hello" })',
        '  }',
        '}',
      ].join('\n'),
    },
    places: ['sendgrid outbound-call src/mail.ts:5 mail.send'],
  },
  {
    title: 'TypeScript: a host by a constant, by the only address around, and from configuration',
    files: {
      'server/http.ts': [
        "import axios from 'axios'",
        "const BASE = 'https://api.warehouse.example.io'",
        'export const stock = (id: string) => axios.get(`${BASE}/stock/${id}`)',
        'export async function rates() {',
        "  const request = new Request('https://api.rates.io/latest')",
        '  return fetch(request)',
        '}',
        'export const hook = (url: string) => axios.post(url, { id: 1 })',
      ].join('\n'),
    },
    places: [
      'host:api.rates.io outbound-call server/http.ts:6 fetch',
      'host:api.warehouse.example.io outbound-call server/http.ts:3 axios.get',
      'unaddressed outbound-call server/http.ts:8 axios.post',
    ],
  },
  {
    title: 'Python: a module that is its own client, and a queue by its service',
    files: {
      'app/pay.py': [
        'import stripe',
        'import boto3',
        'sqs = boto3.client("sqs")',
        'def refund(charge):',
        '    stripe.Refund.create(charge=charge, metadata={"by": "us"})',
        '    sqs.send_message(QueueUrl=URL, MessageBody="{}")',
      ].join('\n'),
    },
    places: [
      'aws-sqs queue-producer app/pay.py:6 sqs.send_message',
      'stripe outbound-call app/pay.py:5 stripe.Refund.create',
    ],
  },
  {
    title: 'Go: a field of a struct, a request that is sent by a client, and a resource called New',
    files: {
      'pay/pay.go': [
        'package pay',
        'import (',
        '\t"net/http"',
        '\t"github.com/stripe/stripe-go/v74"',
        '\t"github.com/stripe/stripe-go/v74/refund"',
        ')',
        'type store struct { client *http.Client }',
        'func (s *store) Send(params *stripe.RefundParams) error {',
        '\treq, _ := http.NewRequest("POST", "https://api.ledger.io/entries", nil)',
        '\t_, err := s.client.Do(req)',
        '\t_, err = refund.New(params)',
        '\treturn err',
        '}',
      ].join('\n'),
    },
    places: [
      'stripe outbound-call pay/pay.go:11 refund.New',
      'host:api.ledger.io outbound-call pay/pay.go:10 s.client.Do',
    ],
  },
  {
    title: 'PHP: an imported client of a property, and a facade',
    files: {
      'app/Pay.php': [
        '<?php',
        'use Stripe\\StripeClient;',
        'use Illuminate\\Support\\Facades\\Http;',
        'class Pay {',
        '    public function __construct(private StripeClient $stripe) {}',
        '    public function refund(string $charge) {',
        "        $this->stripe->refunds->create(['charge' => $charge]);",
        "        Http::timeout(5)->post('https://api.ledger.io/entries', ['id' => 1]);",
        '    }',
        '}',
      ].join('\n'),
    },
    places: [
      'stripe outbound-call app/Pay.php:7 stripe.refunds.create',
      'host:api.ledger.io outbound-call app/Pay.php:8 Http.timeout.post',
    ],
  },
  {
    title: 'Ruby: constants are global, and a mixed-in method is named after what it gives',
    files: {
      'app/pay.rb': [
        'class Pay',
        '  def refund(charge)',
        '    Stripe::Refund.create(charge: charge)',
        "    faraday.post('https://api.ledger.io/entries', id: 1)",
        '  end',
        'end',
      ].join('\n'),
    },
    places: [
      'stripe outbound-call app/pay.rb:3 Stripe.Refund.create',
      'host:api.ledger.io outbound-call app/pay.rb:4 faraday.post',
    ],
  },
  {
    title: 'Java: static resources, a template, a listener, and what is only filled in',
    files: {
      'src/main/java/Pay.java': [
        'import com.stripe.model.Refund;',
        'import com.stripe.param.RefundCreateParams;',
        'import org.springframework.web.client.RestTemplate;',
        'import org.springframework.kafka.annotation.KafkaListener;',
        'class Pay {',
        '  private final RestTemplate rest;',
        '  void refund() throws Exception {',
        '    RefundCreateParams params = RefundCreateParams.builder().setCharge("c").build();',
        '    Refund.create(params);',
        '    rest.postForEntity("https://api.ledger.io/entries", params, String.class);',
        '  }',
        '  @KafkaListener(topics = "orders")',
        '  void onOrder(String order) {}',
        '}',
      ].join('\n'),
    },
    places: [
      'kafka queue-consumer src/main/java/Pay.java:12 @KafkaListener',
      'stripe outbound-call src/main/java/Pay.java:9 Refund.create',
      'host:api.ledger.io outbound-call src/main/java/Pay.java:10 rest.postForEntity',
    ],
  },
  {
    title: 'C#: types of an open namespace, but not those that the repository declares itself',
    files: {
      'src/IMailService.cs': 'interface IMailService { Task SendAsync(string to); }\n',
      'src/Pay.cs': [
        'using Stripe;',
        'class Pay {',
        '  private readonly RefundService _refunds;',
        '  private readonly IMailService _mail;',
        '  private readonly HttpClient _http;',
        '  async Task Refund(RefundCreateOptions options) {',
        '    await _refunds.CreateAsync(options);',
        '    await _mail.SendAsync("a");',
        '    await _http.PostAsync("https://api.ledger.io/entries", null);',
        '  }',
        '}',
      ].join('\n'),
    },
    places: [
      'stripe outbound-call src/Pay.cs:7 _refunds.CreateAsync',
      'host:api.ledger.io outbound-call src/Pay.cs:9 _http.PostAsync',
    ],
  },
  {
    title: 'Rust: a chain that ends in sending; one that only puts together is none',
    files: {
      'src/pay.rs': [
        'use reqwest::Client;',
        'async fn entries(client: &Client) -> Result<(), Error> {',
        '    let later = client.get("https://api.later.io");',
        '    client.post("https://api.ledger.io/entries").json(&1).send().await?;',
        '    Ok(())',
        '}',
      ].join('\n'),
    },
    places: ['host:api.ledger.io outbound-call src/pay.rs:4 client.post'],
  },
]

test.each(SAMPLES)('$title', async ({ files, places }) => {
  expect(await placesIn(files)).toEqual(places)
})

describe('which way it goes', () => {
  test('a webhook is named by its route, an OAuth callback by its words', async () => {
    const files = {
      'src/routes.ts': [
        "import Stripe from 'stripe'",
        "app.post('/webhooks/stripe', handler)",
        "app.get('/oauth/callback', back)",
        "app.post('/webhooks', create)",
        "app.put('/webhooks/stripe', replace)",
      ].join('\n'),
    }
    expect(await placesIn(files)).toEqual([
      'stripe inbound-webhook src/routes.ts:2 POST /webhooks/stripe',
      'unaddressed oauth src/routes.ts:3 GET /oauth/callback',
    ])
  })
  test('a token exchange is OAuth, a queue has producers and consumers, a bucket exchanges files', async () => {
    const files = {
      'server/all.ts': [
        "import { SQSClient, SendMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'",
        "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'",
        'const sqs = new SQSClient({})',
        'const s3 = new S3Client({})',
        'await sqs.send(new SendMessageCommand({}))',
        'await sqs.send(new ReceiveMessageCommand({}))',
        'await s3.send(new PutObjectCommand({ Bucket: "b" }))',
        'await fetch("https://slack.com/api/oauth.v2.access", { body: "grant_type=authorization_code" })',
      ].join('\n'),
    }
    expect(await placesIn(files)).toEqual([
      'aws-s3 file-exchange server/all.ts:7 s3.send',
      'aws-sqs queue-producer server/all.ts:5 sqs.send',
      'aws-sqs queue-consumer server/all.ts:6 sqs.send',
      'slack oauth server/all.ts:8 fetch',
    ])
  })
  test('whoever registers a handler of messages consumes', async () => {
    const text = [
      'package events',
      'import "github.com/ThreeDotsLabs/watermill/message"',
      'func start(l Logger, sub message.Subscriber) error {',
      '\trouter, err := message.NewRouter(message.RouterConfig{}, l)',
      '\trouter.AddConsumerHandler("mail", "mail", sub, handle)',
      '\treturn router.Run(ctx)',
      '}',
    ].join('\n')
    const places = await placesIn({ 'pkg/events.go': text })
    expect(places.length).toBeGreaterThan(0)
    expect(places.every((place) => place.includes(' queue-consumer '))).toBe(true)
  })
})

describe('calls that are easily lost', () => {
  test('a call behind a thousand others', async () => {
    const text = `import Stripe from 'stripe'\nconst s = new Stripe('k')\n${'log(1)\n'.repeat(1_200)}s.charges.create({})\n`
    expect(await placesIn({ 'src/a.ts': text })).toEqual([
      'stripe outbound-call src/a.ts:1203 s.charges.create',
    ])
  })
  test('a Go field that is called like its package', async () => {
    const text = [
      'package a',
      'import (',
      '\t"context"',
      '\t"github.com/aws/aws-sdk-go-v2/service/s3"',
      ')',
      'type svc struct { s3 *s3.Client }',
      'func (s *svc) Put(ctx context.Context) { s.s3.PutObject(ctx, &s3.PutObjectInput{}) }',
    ].join('\n')
    expect(await placesIn({ 'a/s.go': text })).toEqual([
      'aws-s3 file-exchange a/s.go:7 s.s3.PutObject',
    ])
  })
  test('a crate that is named without a use', async () => {
    const text = 'async fn a() { reqwest::get("https://api.ledger.io/users").await; }\n'
    expect(await placesIn({ 'src/r.rs': text })).toEqual([
      'host:api.ledger.io outbound-call src/r.rs:1 reqwest.get',
    ])
  })
  test('a producer that a client gives, and not the giving', async () => {
    const text = [
      "import { Kafka } from 'kafkajs'",
      "const kafka = new Kafka({ brokers: ['x'] })",
      'const producer = kafka.producer()',
      "await producer.send({ topic: 'a', messages: [] })",
    ].join('\n')
    expect(await placesIn({ 'src/k.ts': text })).toEqual([
      'kafka queue-producer src/k.ts:4 producer.send',
    ])
  })
  test('a client of a class of the file, and one that a function gives back', async () => {
    const files = {
      'src/ledger.ts': [
        "import Ledger from '@ledger/hub'",
        'class OwnLedger extends Ledger {}',
        'export const getLedger = () => {',
        '  const client = new OwnLedger({ apiKey, baseURL })',
        '  return client',
        '}',
      ].join('\n'),
      'src/use.ts': [
        "import { getLedger } from './ledger'",
        'const ledger = getLedger()',
        'await ledger.entries.create({ id: 1 })',
      ].join('\n'),
    }
    expect(await placesIn(files)).toEqual([
      'library:@ledger/hub outbound-call src/use.ts:3 ledger.entries.create',
    ])
  })
})

describe('what is no place', () => {
  test.each([
    ['the own API from a page', 'web/src/api.ts', "export const load = () => fetch('/api/orders')"],
    [
      'a type of an SDK',
      'src/a.ts',
      "import type Stripe from 'stripe'\nlet charge: Stripe.Charge\ncharge.metadata.get('a')",
    ],
    [
      'a header of an answer',
      'src/a.ts',
      "import axios from 'axios'\nconst r = await load()\nr.headers.get('a')",
    ],
    [
      'a comment and a string',
      'src/a.ts',
      "// stripe.refunds.create()\nconst a = 'stripe.refunds.create()'",
    ],
    [
      'a test',
      'src/a.test.ts',
      "import Stripe from 'stripe'\nconst s = new Stripe('k')\ns.refunds.create({})",
    ],
    [
      'making a client',
      'src/a.ts',
      "import Stripe from 'stripe'\nexport const s = new Stripe('k')",
    ],
    ['a local file', 'a.php', '<?php\n$a = file_get_contents($path);'],
  ])('%s', async (_, path, text) => {
    expect(await placesIn({ [path]: text })).toEqual([])
  })
})

test('what is sent is named, as far as the call spells it out', async () => {
  const text = [
    "import Stripe from 'stripe'",
    "const stripe = new Stripe('k')",
    "stripe.refunds.create({ charge, amount: 5, metadata: { a: 1 } }, { idempotencyKey: 'x' })",
    "fetch('https://api.ledger.io/x', { method: 'POST', headers: {}, body: JSON.stringify({ id, sum: 2 }) })",
  ].join('\n')
  const { integrations } = await inventoryOf({ 'server/a.ts': text })
  expect(integrations.map(({ id, sites }) => [id, sites[0]?.data])).toEqual([
    ['stripe', ['charge', 'amount', 'metadata']],
    ['host:api.ledger.io', ['id', 'sum']],
  ])
})
