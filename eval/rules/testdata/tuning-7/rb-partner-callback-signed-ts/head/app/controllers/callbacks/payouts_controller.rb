# frozen_string_literal: true

module Callbacks
  # Callbacks of the payout partner: header X-Payout-Signature: t=<unix>,v1=<hex>
  class PayoutsController < ActionController::API
    before_action :authenticate_partner

    def update
      body = JSON.parse(request.raw_post)
      payout = Payout.find_by!(partner_reference: body.fetch("reference"))
      case body.fetch("status")
      when "paid" then payout.mark_paid!
      when "returned" then payout.mark_returned!(body["reason"])
      when "blocked" then payout.mark_blocked!
      else return head :unprocessable_entity
      end
      head :no_content
    rescue JSON::ParserError, KeyError
      head :bad_request
    end

    private

    def authenticate_partner
      parts = request.headers["X-Payout-Signature"].to_s.split(",").to_h { |p| p.split("=", 2).values_at(0, 1) }
      timestamp, signature = parts.values_at("t", "v1")
      return head :unauthorized if timestamp.blank? || signature.blank?

      expected = OpenSSL::HMAC.hexdigest("SHA256", secret, "#{timestamp}.#{request.raw_post}")
      return if ActiveSupport::SecurityUtils.secure_compare(expected, signature)

      Rails.logger.warn("payout callback with a wrong signature")
      head :unauthorized
    end

    def secret
      Rails.application.credentials.dig(:payouts, :callback_secret) || raise("payouts.callback_secret missing")
    end
  end
end
