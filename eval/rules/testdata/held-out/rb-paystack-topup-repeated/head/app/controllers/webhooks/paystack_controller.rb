# frozen_string_literal: true

module Webhooks
  class PaystackController < ActionController::API
    before_action :verify_signature

    def create
      event = JSON.parse(request.raw_post)
      credit(event.fetch("data")) if event["event"] == "charge.success"
      head :ok
    rescue JSON::ParserError, KeyError
      head :bad_request
    end

    private

    def credit(charge)
      return unless charge.fetch("currency") == "NGN"

      wallet = Wallet.find_by(paystack_customer: charge.fetch("customer").fetch("customer_code"))
      return Rails.logger.warn("paystack charge without wallet ref=#{charge['reference']}") unless wallet

      wallet.with_lock do
        wallet.update!(balance_kobo: wallet.balance_kobo + Integer(charge.fetch("amount")))
        wallet.entries.create!(kind: "top_up", amount_kobo: charge["amount"], note: charge["reference"])
      end
    end

    def verify_signature
      expected = OpenSSL::HMAC.hexdigest("SHA512", Rails.application.credentials.paystack_secret, request.raw_post)
      sent = request.headers["X-Paystack-Signature"].to_s
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, sent)
    end
  end
end
