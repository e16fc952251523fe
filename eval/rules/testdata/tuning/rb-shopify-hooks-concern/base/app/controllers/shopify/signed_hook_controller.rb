# frozen_string_literal: true

module Shopify
  class SignedHookController < ActionController::API
    before_action :verify_hmac!

    private

    def raw_body
      @raw_body ||= request.raw_post
    end

    def verify_hmac!
      secret = Rails.application.credentials.shopify.fetch(:api_secret)
      expected = OpenSSL::HMAC.base64digest("sha256", secret, raw_body)
      given = request.headers["X-Shopify-Hmac-Sha256"].to_s
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, given)
    end
  end
end
