# frozen_string_literal: true

class CollectInstalmentJob
  include Sidekiq::Job

  sidekiq_options queue: :payments, retry: 8

  def perform(instalment_id)
    instalment = Instalment.find(instalment_id)
    return if instalment.collected?

    payment = gocardless.payments.create(
      params: {
        amount: instalment.amount_cents,
        currency: instalment.currency,
        links: { mandate: instalment.plan.mandate_id },
        metadata: { instalment: instalment.id.to_s }
      },
      headers: { 'Idempotency-Key' => "instalment-#{instalment.id}" }
    )

    instalment.update!(gocardless_payment_id: payment.id, state: 'submitted')
  rescue GoCardlessPro::InvalidStateError, GoCardlessPro::ValidationError => e
    instalment.update!(state: 'refused', refusal: e.message.truncate(200))
    Rails.error.report(e, handled: true, context: { instalment: instalment.id, request_id: e.request_id })
  end

  private

  def gocardless
    @gocardless ||= GoCardlessPro::Client.new(
      access_token: ENV.fetch('GOCARDLESS_TOKEN'),
      environment: ENV.fetch('GOCARDLESS_ENV').to_sym,
      connection_options: { request: { timeout: 15 } }
    )
  end
end
