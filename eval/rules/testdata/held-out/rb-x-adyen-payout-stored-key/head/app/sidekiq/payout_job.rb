# frozen_string_literal: true

class PayoutJob
  include Sidekiq::Job

  sidekiq_options queue: :payments, retry: 6, lock: :until_executed

  class Refused < StandardError; end

  def perform(payout_id)
    payout = Payout.find(payout_id)
    return if payout.sent?

    payout.with_lock { payout.update!(request_key: SecureRandom.uuid) if payout.request_key.nil? }

    response = http.post("transfers", body(payout)) do |req|
      req.headers["Idempotency-Key"] = payout.request_key
    end

    case response.status
    when 200, 202
      payout.update!(state: "sent", transfer_id: response.body.fetch("id"))
    when 422
      payout.update!(state: "refused", failure_code: response.body["errorCode"])
    else
      raise Refused, "payout #{payout.id}: status #{response.status}"
    end
  end

  private

  def body(payout)
    {
      category: "bank",
      balanceAccountId: payout.balance_account,
      amount: { value: payout.amount_minor, currency: payout.currency },
      counterparty: { transferInstrumentId: payout.instrument_id },
      reference: payout.public_id
    }
  end

  def http
    settings = Rails.application.credentials.adyen
    @http ||= Faraday.new(
      url: settings.fetch(:balance_platform_url),
      headers: { "X-API-Key" => settings.fetch(:api_key) },
      request: { open_timeout: 4, timeout: 25 }
    ) do |f|
      f.request :json
      f.response :json
    end
  end
end
