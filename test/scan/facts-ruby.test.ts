import { describe, expect, test } from 'vitest'
import { seenIn } from '../support/seen-facts.ts'

const seenInRuby = (code: string) => seenIn('lib/sample.rb', `${code}\n`)

test('what is required is an import, relative files and autoloaded constants too', async () => {
  const seen = await seenInRuby(
    "require 'stripe'\nrequire_relative \"client\"\nautoload :Sink, 'sinks/http'\nconfig.require 'x'",
  )
  expect(seen('import', 'module', 'clause')).toEqual([
    { module: "'stripe'" },
    { module: '"client"' },
    { module: "'sinks/http'", clause: ':Sink' },
  ])
})

const SERVICE = `
module Billing
  class Refunds::Gateway < Base
    def self.build
      new(Stripe::StripeClient.new(ENV.fetch('STRIPE_KEY')))
    end

    def initialize(client = Faraday.new, log: Sink.new(1))
      @client = Stripe::StripeClient.new api_key: key, max_network_retries: 2
      @http ||= Faraday.new(url: base) { |f| f.adapter :net_http }
      queue = given || Aws::SQS::Client.new
    end

    def refund(charge)
      notify = ->(text) { slack.post text }
      @client.v1.refunds.create({ charge: charge.id }, { idempotency_key: key })
      HTTParty.post url, body: charge.to_json do |part|
        sink&.write(part)
      end
      charge.lines.each { |line| line }
      Stripe::Balance.retrieve
      charge.reload
    end
  end
end`

test('modules, classes and methods are named, lambdas take the name around them', async () => {
  const seen = await seenInRuby(SERVICE)
  expect(seen('function', 'name', 'form', 'scope')).toEqual([
    { name: 'Billing', form: 'class' },
    { name: 'Refunds::Gateway', form: 'class', scope: 'Billing' },
    { name: 'build', form: 'function', scope: 'Refunds::Gateway' },
    { name: 'initialize', form: 'function', scope: 'Refunds::Gateway' },
    { name: 'refund', form: 'function', scope: 'Refunds::Gateway' },
    { form: 'function', scope: 'refund' },
  ])
})

describe('clients', () => {
  test('a client is named by the variable or parameter it is bound to', async () => {
    const seen = await seenInRuby(SERVICE)
    expect(seen('client-construction', 'ctor', 'binding', 'args')).toEqual([
      { ctor: 'Stripe::StripeClient', args: ["ENV.fetch('STRIPE_KEY')"] },
      { ctor: 'Faraday', binding: 'client', args: [] },
      { ctor: 'Sink', binding: 'log', args: ['1'] },
      {
        ctor: 'Stripe::StripeClient',
        binding: '@client',
        args: ['api_key: key', 'max_network_retries: 2'],
      },
      { ctor: 'Faraday', binding: '@http', args: ['url: base'] },
      { ctor: 'Aws::SQS::Client', binding: 'queue', args: [] },
    ])
  })

  test('a connection that lasts for a block is named by the parameter of the block', async () => {
    const seen = await seenInRuby('Net::HTTP.start(host, 443) do |http|\n  http.request(get)\nend')
    expect(seen('client-construction', 'ctor', 'binding', 'args')).toEqual([
      { ctor: 'Net::HTTP.start', binding: 'http', args: ['host', '443'] },
    ])
  })

  test('a factory counts where its client has a name', async () => {
    const seen = await seenInRuby("@mail = Mailgun.client('k')\nMailgun.client('k')")
    expect(seen('client-construction', 'ctor', 'binding')).toEqual([
      { ctor: 'Mailgun.client', binding: '@mail' },
    ])
  })

  test.each([
    'a = Hash.new(0)',
    'raise Billing::DeclinedError.new(a)',
    'at = ::Time.new(2020)',
    'to = URI::HTTP.new(a)',
    'user = User.create(name: a)',
    'a = klass.new(b)',
  ])('data is no client: %s', async (code) => {
    const seen = await seenInRuby(code)
    expect(seen('client-construction', 'ctor')).toEqual([])
  })
})

describe('calls', () => {
  test('are those with arguments or a block, with and without brackets', async () => {
    const seen = await seenInRuby(SERVICE.slice(SERVICE.indexOf('def refund'), -12))
    expect(seen('call', 'callee', 'args')).toEqual([
      { callee: 'slack.post', args: ['text'] },
      {
        callee: '@client.v1.refunds.create',
        args: ['{ charge: charge.id }', '{ idempotency_key: key }'],
      },
      { callee: 'HTTParty.post', args: ['url', 'body: charge.to_json'] },
      { callee: 'sink&.write', args: ['part'] },
      { callee: 'charge.lines.each', args: [] },
      { callee: 'Stripe::Balance.retrieve', args: [] },
    ])
  })

  test('without a receiver there is only the mail of a mailer', async () => {
    const seen = await seenInRuby("mail to: user.email, subject: 'Hi'\nputs 'x'\nmail")
    expect(seen('call', 'callee', 'args')).toEqual([
      { callee: 'mail', args: ['to: user.email', "subject: 'Hi'"] },
    ])
  })
})

test('the environment and credentials are read by name, and a value set by the file is none', async () => {
  const seen = await seenInRuby(`
ENV['A']
ENV.fetch("B") { 1 }
ENV.key?('C')
Rails.application.credentials.stripe
Rails.application.credentials.dig(:twilio, :token)
Rails.application.credentials[:slack]
ENV['D'] = 'x'
ENV[name]
hash.fetch('E')`)
  expect(seen('environment-key', 'name')).toEqual([
    { name: "'A'" },
    { name: '"B"' },
    { name: "'C'" },
    { name: 'stripe' },
    { name: ':twilio' },
    { name: ':slack' },
  ])
})

describe('routes', () => {
  test('of Rails have path, method and action, and a mounted engine is one', async () => {
    const seen = await seenInRuby(`
Rails.application.routes.draw do
  post '/webhooks/stripe', to: 'webhooks#stripe'
  get '/about' => 'pages#about'
  match 'both', to: 'a#b', via: [:get, :post]
  resources :orders, only: [:index] do
    post :refund, on: :member
  end
  mount StripeEvent::Engine, at: '/stripe'
  mount Sidekiq::Web => '/jobs'
  root 'home#show'
end`)
    expect(seen('route-handler', 'form', 'method', 'path', 'name')).toEqual([
      { form: 'mounted', method: 'post', path: "'/webhooks/stripe'", name: "'webhooks#stripe'" },
      { form: 'mounted', method: 'get', path: "'/about'", name: "'pages#about'" },
      { form: 'mounted', method: 'match', path: "'both'", name: "'a#b'" },
      { form: 'mounted', method: 'resources', path: ':orders' },
      { form: 'mounted', method: 'post', path: ':refund' },
      { form: 'mounted', method: 'mount', path: "'/stripe'", name: 'StripeEvent::Engine' },
      { form: 'mounted', method: 'mount', path: "'/jobs'", name: 'Sidekiq::Web' },
      { form: 'mounted', method: 'root', path: "'/'", name: "'home#show'" },
    ])
  })

  test('of Sinatra and Grape are the whole block', async () => {
    const seen = await seenInRuby(
      "post '/hooks/:id' do\n  verify(params)\nend\nget :status do\n  1\nend",
    )
    expect(seen('route-handler', 'method', 'path')).toEqual([
      { method: 'post', path: "'/hooks/:id'" },
      { method: 'get', path: ':status' },
    ])
  })

  test.each([
    "it('x') { get :index, params: { a: 1 } }",
    "post '/orders', params: { a: 1 }",
    "client.post('/orders') { |r| r }",
    "post 'Creates an order' do\nend",
  ])('a request of a test or a client is none: %s', async (code) => {
    const seen = await seenInRuby(code)
    expect(seen('route-handler', 'path')).toEqual([])
  })
})
