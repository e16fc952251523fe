# frozen_string_literal: true

class ChargeRenewalJob
  include Sidekiq::Job

  sidekiq_options queue: :billing, retry: 8

  class GatewayUnavailable < StandardError; end
  class UnexpectedAnswer < StandardError; end

  def perform(renewal_id)
    renewal = Renewal.find(renewal_id)
    return if renewal.paid? || renewal.declined?

    response = gateway.post("/v2/payments", payload(renewal))

    case response.status
    when 200..299
      renewal.mark_paid!(payment_id: response.body.dig("payment", "id"))
    when 429, 500..599
      raise GatewayUnavailable, "square answered #{response.status}"
    when 400, 402, 422
      code = response.body.dig("errors", 0, "code")
      Rails.logger.warn("renewal #{renewal.id} declined: #{code}")
      renewal.mark_declined!(code)
    else
      raise UnexpectedAnswer, "square answered #{response.status} for renewal #{renewal.id}"
    end
  end

  private

  def payload(renewal)
    {
      idempotency_key: SecureRandom.uuid,
      source_id: renewal.card.external_id,
      customer_id: renewal.subscriber.square_customer_id,
      amount_money: { amount: renewal.amount_cents, currency: renewal.currency },
      reference_id: renewal.id.to_s,
      autocomplete: true
    }
  end

  def gateway
    @gateway ||= Faraday.new(
      url: ENV.fetch("SQUARE_URL"),
      request: { open_timeout: 3, timeout: 20 },
      headers: {
        "Authorization" => "Bearer #{ENV.fetch('SQUARE_ACCESS_TOKEN')}",
        "Square-Version" => "2024-06-04"
      }
    ) do |f|
      f.request :json
      f.response :json
    end
  end
end
