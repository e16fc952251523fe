# frozen_string_literal: true

module Webhooks
  class ShopifyController < ActionController::API
    before_action :verify_hmac

    MAX_BODY = 1.megabyte

    # POST /webhooks/shopify/fulfillments
    def fulfillments
      fulfillment = fulfillment_params
      ShopifyWebhook.transaction do
        ShopifyWebhook.create!(webhook_id: request.headers.fetch("X-Shopify-Webhook-Id"), topic: "fulfillments/update")
        Shipment.record!(
          order_id: fulfillment.fetch(:order_id),
          status: fulfillment[:shipment_status],
          tracking_number: fulfillment[:tracking_number],
          changed_at: Time.iso8601(fulfillment.fetch(:updated_at))
        )
      end
      head :ok
    rescue ActiveRecord::RecordNotUnique
      head :ok
    rescue KeyError, ArgumentError
      head :unprocessable_entity
    end

    private

    def fulfillment_params
      params.permit(:order_id, :shipment_status, :tracking_number, :updated_at)
    end

    def verify_hmac
      return head(:payload_too_large) if request.content_length.to_i > MAX_BODY

      payload = request.request_parameters.except(:shopify).to_json
      digest = OpenSSL::HMAC.digest("sha256", Rails.application.credentials.dig(:shopify, :api_secret), payload)
      expected = Base64.strict_encode64(digest)
      given = request.headers["X-Shopify-Hmac-Sha256"].to_s
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, given)
    end
  end
end
