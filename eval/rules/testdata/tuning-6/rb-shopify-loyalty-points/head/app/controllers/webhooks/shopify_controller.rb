# frozen_string_literal: true

module Webhooks
  class ShopifyController < ActionController::API
    POINTS_PER_EURO = 2

    before_action :verify_shopify

    def order_paid
      order = JSON.parse(request.raw_post)
      email = order["email"].to_s.downcase
      return head :ok if email.blank? || order["test"]

      account = LoyaltyAccount.find_by(email: email)
      if account
        points = (BigDecimal(order.fetch("total_price")) * POINTS_PER_EURO).floor
        account.increment!(:points, points)
        Rails.logger.info("loyalty: order=#{order['id']} points=#{points}")
      end

      head :ok
    rescue JSON::ParserError, KeyError, ArgumentError => e
      Rails.logger.warn("shopify payload rejected: #{e.class}")
      head :unprocessable_entity
    end

    private

    def verify_shopify
      digest = Base64.strict_encode64(
        OpenSSL::HMAC.digest("SHA256", Rails.application.credentials.shopify_secret!, request.raw_post)
      )
      unless digest == request.headers["X-Shopify-Hmac-Sha256"]
        Rails.logger.warn("shopify signature rejected")
        head :unauthorized
      end
    end
  end
end
