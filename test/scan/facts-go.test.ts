import { expect, test } from 'vitest'
import { sample } from './sample.ts'

const store = await sample(
  'billing/store.go',
  `package billing

import "os"
import (
	"net/http"
	stripe "github.com/stripe/stripe-go/v76"
	_ "embed"
)

type Store struct {
	client *s3.Client
	a, b   http.Client
	count  int
	*Base
}

var api *Client = nil

func (s *Store) Push(ctx context.Context, x, y *Order, rest ...Hook) (*http.Response, error) {
	c := stripe.NewClient(os.Getenv("STRIPE_KEY"))
	d, err := s3.New(cfg)
	h := &http.Client{Timeout: 5}
	s.client = s3.NewFromConfig(cfg)
	gh := github.NewClient(nil).WithAuthToken(token)
	one, two := sqs.New(1), sns.New(2)
	body := bytes.NewBuffer(nil)
	req, err := http.NewRequest("POST", url, body)
	params := &stripe.ChargeParams{}
	_ = kafka.NewWriter(cfg)
	return http.Post(url, "application/json", body)
}

func New(cfg Config) *Store {
	go func() { log.Println("up") }()
	return &Store{client: s3.New(cfg), http: &http.Client{}}
}

func Open() *Queue { return amqp.Dial(os.LookupEnv("AMQP_URL")) }
`,
)

test('a grouped import gives one fact for each line, and an alias is kept', () => {
  expect(store.captures('import')).toEqual([
    { module: '"os"' },
    { module: '"net/http"' },
    { module: '"github.com/stripe/stripe-go/v76"', clause: 'stripe' },
    { module: '"embed"', clause: '_' },
  ])
})

test('fields, receivers, parameters and variables are declared names, each of a list too', () => {
  expect(store.captures('declared-name')).toEqual([
    { name: 'client', type: '*s3.Client' },
    { name: 'a', type: 'http.Client' },
    { name: 'b', type: 'http.Client' },
    { name: 'api', type: '*Client' },
    { name: 's', type: '*Store' },
    { name: 'x', type: '*Order' },
    { name: 'y', type: '*Order' },
    { name: 'rest', type: 'Hook' },
    { name: 'cfg', type: 'Config' },
  ])
})

test('constructors are named by what they are bound to; data and blanks are left out', () => {
  expect(store.captures('client-construction')).toEqual([
    { ctor: 'stripe.NewClient', binding: 'c' },
    { ctor: 's3.New', binding: 'd' },
    { ctor: 'http.Client', binding: 'h' },
    { ctor: 's3.NewFromConfig', binding: 's.client' },
    { ctor: 'github.NewClient', binding: 'gh' },
    { ctor: 'sqs.New', binding: 'one' },
    { ctor: 's3.New', binding: 'client' },
    { ctor: 'http.Client', binding: 'http' },
    { ctor: 'amqp.Dial' },
  ])
})

test('methods, functions, literals and structs are scopes', () => {
  expect(store.captures('function')).toEqual([
    { form: 'class', name: 'Store' },
    { form: 'function', name: 'Push' },
    { form: 'function', name: 'New' },
    { form: 'function' },
    { form: 'function', name: 'Open' },
  ])
  const post = store.of('call').find((fact) => fact.captures['callee'] === 'http.Post')
  expect(post).toMatchObject({
    scope: { name: 'Push' },
    args: ['url', '"application/json"', 'body'],
  })
})

test('environment names are read from calls and from flags', async () => {
  const { captures } = await sample(
    'cmd/flags.go',
    `package cmd
var a = &cli.StringFlag{Name: "x", EnvVars: []string{"A_KEY", "B_KEY"}}
var b = &cli.StringFlag{Sources: cli.EnvVars("C_KEY")}
func f() { v, ok := os.LookupEnv("D_KEY") }
`,
  )
  expect(captures('environment-key').map(({ name }) => name)).toEqual([
    '"A_KEY"',
    '"B_KEY"',
    '"C_KEY"',
    '"D_KEY"',
  ])
})

test('routes of net/http, gin, chi and mux are mounted; requests and log fields are not', async () => {
  const { captures } = await sample(
    'router.go',
    `package web
func routes() {
	http.HandleFunc("/x", handler)
	mux.Handle("POST /hook", http.HandlerFunc(h))
	r.POST("/gin", func(c *gin.Context) {})
	org.GET("", session.Must, api.List)
	r.With(auth).Get("/chi", h.Show)
	router.HandleFunc("/mux", h).Methods("PUT")
	r.Method("DELETE", "/verb", h)
	client.Get("/users", params)
	http.Post("https://example.com", "text/plain", body)
	log.Debug().Any("repo", repo)
}
`,
  )
  const form = 'mounted'
  expect(captures('route-handler')).toEqual([
    { form, router: 'http', method: 'HandleFunc', path: '"/x"', name: 'handler' },
    { form, router: 'mux', method: 'Handle', path: '"POST /hook"' },
    { form, router: 'r', method: 'POST', path: '"/gin"' },
    { form, router: 'org', method: 'GET', path: '""' },
    { form, router: 'r.With(auth)', method: 'Get', path: '"/chi"', name: 'h.Show' },
    {
      form,
      router: 'router',
      method: 'HandleFunc',
      path: '"/mux"',
      name: 'h',
      methods: '"PUT"',
    },
    { form, router: 'r', function: 'Method', method: '"DELETE"', path: '"/verb"' },
  ])
})
