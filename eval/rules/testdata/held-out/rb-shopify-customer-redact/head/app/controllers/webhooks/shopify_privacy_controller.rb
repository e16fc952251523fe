# frozen_string_literal: true

module Webhooks
  class ShopifyPrivacyController < ActionController::API
    before_action :load_shop

    # POST /webhooks/shopify/customers/redact
    def customers_redact
      customer_id = payload.dig("customer", "id")
      return head :bad_request if customer_id.blank?

      PrivacyRequest.create_or_find_by!(
        shop: @shop,
        kind: "customer_redact",
        external_id: customer_id.to_s
      )
      RedactCustomerJob.perform_later(@shop.id, customer_id)
      head :ok
    end

    private

    def load_shop
      @shop = Shop.find_by(domain: request.headers["X-Shopify-Shop-Domain"])
      return if @shop

      Rails.logger.warn("privacy webhook for unknown shop")
      head :not_found
    end

    def payload
      @payload ||= JSON.parse(request.raw_post)
    rescue JSON::ParserError
      @payload = {}
    end
  end
end
