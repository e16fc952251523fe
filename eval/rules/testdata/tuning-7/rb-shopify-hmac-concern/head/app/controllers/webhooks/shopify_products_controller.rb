# frozen_string_literal: true

module Webhooks
  class ShopifyProductsController < ActionController::API
    include ShopifySigned

    def destroy
      product_id = shopify_payload["id"]
      return head :bad_request unless product_id.is_a?(Integer)

      shop = Shop.find_by(domain: request.headers["X-Shopify-Shop-Domain"])
      return head :not_found unless shop

      # deleting twice changes nothing
      changed = shop.products.where(external_id: product_id).update_all(discontinued: true)
      Rails.logger.info("shopify product removed shop=#{shop.id} product=#{product_id} rows=#{changed}")
      head :ok
    end
  end
end
