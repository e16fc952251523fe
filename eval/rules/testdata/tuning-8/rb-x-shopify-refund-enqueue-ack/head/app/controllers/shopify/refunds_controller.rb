# frozen_string_literal: true

class Shopify::RefundsController < ActionController::API
  before_action :authenticate_shopify

  def create
    id = request.headers["X-Shopify-Webhook-Id"].presence
    return head(:bad_request) if id.nil?

    inserted = ShopifyDelivery.insert(
      { webhook_id: id, topic: request.headers["X-Shopify-Topic"], body: request.raw_post, state: "received" },
      unique_by: :webhook_id,
      returning: :id
    )
    Shopify::DeliveryJob.perform_later(inserted.first.fetch("id")) if inserted.any?
    head :ok
  end

  private

  def authenticate_shopify
    secret = ENV.fetch("SHOPIFY_API_SECRET")
    digest = OpenSSL::HMAC.base64digest("SHA256", secret, request.raw_post)
    given = request.headers["X-Shopify-Hmac-Sha256"].to_s
    head :unauthorized unless Rack::Utils.secure_compare(digest, given)
  end
end
