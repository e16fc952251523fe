# frozen_string_literal: true

module Webhooks
  # Increase-Webhook-Signature: t=2026-01-31T23:59:59Z,v1=<hex>
  class IncreaseSignature
    Invalid = Class.new(StandardError)

    def initialize(secret = Rails.application.credentials.increase.fetch(:webhook_secret))
      @secret = secret
    end

    def verify!(header, raw_body)
      parts = header.to_s.split(",").filter_map { |p| p.split("=", 2) if p.include?("=") }.to_h
      timestamp = parts["t"]
      signature = parts["v1"]
      raise Invalid, "signature header incomplete" if timestamp.blank? || signature.blank?

      expected = OpenSSL::HMAC.hexdigest("SHA256", @secret, "#{timestamp}.#{raw_body}")
      return true if ActiveSupport::SecurityUtils.secure_compare(expected, signature)

      raise Invalid, "signature mismatch"
    end
  end
end
