# frozen_string_literal: true

class Webhooks::WiseController < ActionController::API
  before_action :verify_signature

  def balance_credit
    event = JSON.parse(request.raw_post)
    return head(:ok) unless event["event_type"] == "balances#credit"

    data = event.fetch("data")
    account = LedgerAccount.find_by!(wise_balance_id: data.fetch("resource").fetch("id"))
    amount = BigDecimal(data.fetch("amount").to_s)

    account.with_lock do
      account.entries.create!(
        kind: "deposit",
        amount: amount,
        currency: data.fetch("currency"),
        booked_at: Time.iso8601(data.fetch("occurred_at"))
      )
      account.update!(balance: account.balance + amount)
    end
    head :ok
  rescue JSON::ParserError, KeyError, ArgumentError => e
    logger.error("wise webhook not understood: #{e.class}")
    head :bad_request
  end

  private

  def verify_signature
    signature = Base64.decode64(request.headers["X-Signature-SHA256"].to_s)
    return if public_key.verify(OpenSSL::Digest.new("SHA256"), signature, request.raw_post)

    logger.warn("wise webhook signature invalid")
    head :unauthorized
  end

  def public_key
    @public_key ||= OpenSSL::PKey::RSA.new(Rails.root.join("config/keys/wise_production.pem").read)
  end
end
