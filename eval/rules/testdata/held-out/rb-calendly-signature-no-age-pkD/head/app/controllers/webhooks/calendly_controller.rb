# frozen_string_literal: true

module Webhooks
  class CalendlyController < ActionController::API
    before_action :verify_signature

    def create
      event = params.require(:event)
      invitee = params.require(:payload)

      case event
      when "invitee.created"
        CreditPurchase.consume!(email: invitee[:email], event_uri: invitee[:event])
      when "invitee.canceled"
        CreditPurchase.release!(email: invitee[:email], event_uri: invitee[:event])
      end
      head :no_content
    end

    private

    def verify_signature
      header = request.headers["Calendly-Webhook-Signature"].to_s
      parts = header.split(",").filter_map { |p| p.split("=", 2) if p.include?("=") }.to_h
      expected = OpenSSL::HMAC.hexdigest("SHA256", signing_key, "#{parts['t']}.#{request.raw_post}")
      return if ActiveSupport::SecurityUtils.secure_compare(expected, parts["v1"].to_s)

      Rails.logger.warn("calendly signature rejected request_id=#{request.request_id}")
      head :unauthorized
    end

    def signing_key
      Rails.application.credentials.dig(:calendly, :signing_key)
    end
  end
end
