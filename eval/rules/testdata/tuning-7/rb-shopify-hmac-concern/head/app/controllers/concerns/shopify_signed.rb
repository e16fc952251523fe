# frozen_string_literal: true

module ShopifySigned
  extend ActiveSupport::Concern

  included do
    before_action :require_shopify_signature
    rescue_from(JSON::ParserError) { head :bad_request }
  end

  private

  def require_shopify_signature
    calculated = Base64.strict_encode64(OpenSSL::HMAC.digest("sha256", app_secret, request.raw_post))
    given = request.headers["X-Shopify-Hmac-Sha256"].to_s
    head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(calculated, given)
  end

  def app_secret
    Rails.application.credentials.shopify.fetch(:api_secret)
  end

  def shopify_payload
    @shopify_payload ||= JSON.parse(request.raw_post)
  end
end
