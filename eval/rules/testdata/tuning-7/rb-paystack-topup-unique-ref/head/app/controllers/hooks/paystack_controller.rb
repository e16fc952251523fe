# frozen_string_literal: true

module Hooks
  class PaystackController < ActionController::API
    before_action :require_signature

    def create
      event = JSON.parse(request.raw_post)
      book(event.fetch("data")) if event["event"] == "charge.success"
      head :ok
    rescue JSON::ParserError, KeyError
      head :bad_request
    end

    private

    # ledger_entries has a unique index on reference
    def book(charge)
      account = Account.find_by!(paystack_customer: charge.fetch("customer").fetch("customer_code"))
      raise ActiveRecord::RecordNotFound, "currency" unless charge.fetch("currency") == account.currency

      Account.transaction do
        account.ledger_entries.create!(
          reference: charge.fetch("reference"), kind: "top_up", amount: Integer(charge.fetch("amount"))
        )
        Account.update_counters(account.id, balance: Integer(charge.fetch("amount")))
      end
    rescue ActiveRecord::RecordNotUnique
      Rails.logger.info("paystack charge already booked ref=#{charge['reference']}")
    end

    def require_signature
      digest = OpenSSL::HMAC.hexdigest("SHA512", ENV.fetch("PAYSTACK_SECRET_KEY"), request.raw_post)
      given = request.headers["X-Paystack-Signature"].to_s
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(digest, given)
    end
  end
end
