import { expect, test } from 'vitest'
import { ownScan, sample } from './sample.ts'

const store = await sample(
  'src/billing.rs',
  `use aws_sdk_sqs::{Client, config::Region};
use reqwest as http;
pub use crate::mail::Mailer;
extern crate serde;

pub struct Store {
    pub client: Client,
    retries: u32,
}

static API: Lazy<StripeClient> = Lazy::new(|| StripeClient::new("k"));

impl<T> Store<T> {
    pub async fn push(&self, url: &str, order: &Order, http: reqwest::Client) -> Result<()> {
        let client: S3Client = S3Client::new(&config);
        let mut conf = aws_sdk_s3::Client::from_conf(conf);
        let web = reqwest::Client::builder().timeout(LIMIT).build()?;
        let pool = PgPool::connect(&url).await?;
        let answer = reqwest::Client::new().get(url).send().await?;
        let key = std::env::var("STRIPE_KEY").unwrap();
        let build = env!("BUILD_ID");
        self.http = http::Client::new();
        let names = Vec::new();
        self.client.post(url).json(&order).send().await?;
        fetch::<Order>(url);
        stripe::Charge::create::<Order>(&client, order).await
    }
}

impl Default for Plain {
    fn default() -> Self { Self { client: Client::new(), n: 1 } }
}
`,
)

test('a use is one import with its tree; an alias is kept', () => {
  expect(store.captures('import')).toEqual([
    { module: 'aws_sdk_sqs::{Client, config::Region}' },
    { module: 'reqwest', clause: 'http' },
    { module: 'crate::mail::Mailer' },
    { module: 'serde' },
  ])
})

test('fields, statics, parameters and typed lets are declared names', () => {
  expect(store.captures('declared-name')).toEqual([
    { name: 'client', type: 'Client' },
    { name: 'API', type: 'Lazy<StripeClient>' },
    { name: 'order', type: '&Order' },
    { name: 'http', type: 'reqwest::Client' },
    { name: 'client', type: 'S3Client' },
  ])
})

test('a client is bound to a let, a field or a struct literal, and an answer is not the client', () => {
  expect(store.captures('client-construction')).toEqual([
    { ctor: 'StripeClient::new' },
    { ctor: 'S3Client::new', binding: 'client' },
    { ctor: 'aws_sdk_s3::Client::from_conf', binding: 'conf' },
    { ctor: 'reqwest::Client::builder', binding: 'web' },
    { ctor: 'PgPool::connect', binding: 'pool' },
    { ctor: 'reqwest::Client::new' },
    { ctor: 'http::Client::new', binding: 'self.http' },
    { ctor: 'Client::new', binding: 'client' },
  ])
})

test('an impl block is named by its type, without the parameters of the type', () => {
  expect(store.captures('function')).toEqual([
    { form: 'class', name: 'Store' },
    { form: 'function' },
    { form: 'class', name: 'Store' },
    { form: 'function', name: 'push' },
    { form: 'class', name: 'Plain' },
    { form: 'function', name: 'default' },
  ])
})

test('each call of a chain is a call with its whole receiver', () => {
  const calls = store.of('call').filter((fact) => fact.line >= 24 && fact.line <= 26)
  expect(calls.map(({ captures, args }) => [captures['callee'], args])).toEqual([
    ['self.client.post(url).json(&order).send', []],
    ['self.client.post(url).json', ['&order']],
    ['self.client.post', ['url']],
    ['stripe::Charge::create::<Order>', ['&client', 'order']],
  ])
})

test('environment names are read at run time and at build time', () => {
  expect(store.captures('environment-key').map(({ name }) => name)).toEqual([
    '"STRIPE_KEY"',
    '"BUILD_ID"',
  ])
})

test('attributes decorate handlers of rocket and actix', async () => {
  const { captures, of } = await sample(
    'src/web.rs',
    `#[post("/hook", data = "<event>")]
async fn hook(event: Json<Event>) -> Status { Status::Ok }

#[actix_web::get("/orders")]
// slow
#[instrument]
pub async fn orders() -> impl Responder { "" }

#[test]
fn other() {}
`,
  )
  expect(captures('route-handler')).toEqual([
    { form: 'decorated', method: 'post', path: '"/hook"', name: 'hook' },
    { form: 'decorated', method: 'get', path: '"/orders"', name: 'orders' },
  ])
  expect(of('route-handler')[0]).toMatchObject({ line: 2, endLine: 2 })
})

test('axum mounts one handler for each method of a route', async () => {
  const { captures } = await sample(
    'src/app.rs',
    `fn app() -> Router {
    Router::new()
        .route("/orders", get(list).post(orders::create))
        .route("/hook", axum::routing::post(|| async {}))
        .layer(map(get))
}
`,
  )
  const form = 'mounted'
  expect(captures('route-handler')).toEqual([
    { form, method: 'post', path: '"/orders"', name: 'orders::create' },
    { form, method: 'get', path: '"/orders"', name: 'list' },
    { form, method: 'post', path: '"/hook"' },
  ])
})

test('a column of Diesel is no secret that is compared; what a request brought is', async () => {
  const text = `fn keep(token: &str, want: &str) {
    update(sessions::table).set(sessions::token.eq(token));
    if given.eq(want) { refuse() }
}
`
  const { facts } = await (await ownScan()).facts([{ path: 'src/session.rs', text }], 'rules')
  const compared = facts.filter(({ kind }) => kind === 'secret-comparison')
  expect(compared.map(({ captures }) => captures)).toMatchObject([{ left: 'given', right: 'want' }])
})
