# frozen_string_literal: true

module Catalogue
  # Nightly by ShopifyImportJob, one run per shop.
  class ShopifyImport
    API_PATH = "/admin/api/unstable"

    def initialize(shop)
      @shop = shop
      @http = Faraday.new("https://#{shop.domain}") do |f|
        f.headers["X-Shopify-Access-Token"] = shop.access_token
        f.options.timeout = 30
        f.response :json
        f.response :raise_error
      end
    end

    def call
      products = @http.get("#{API_PATH}/products.json", limit: 250, status: "active").body.fetch("products")
      return if products.empty?

      Product.transaction do
        products.each { |attributes| upsert(attributes) }
        @shop.products.where.not(external_id: products.map { |p| p["id"] }).update_all(discontinued: true)
      end
      Rails.logger.info("shopify import shop=#{@shop.id} products=#{products.size}")
    end

    private

    def upsert(attributes)
      product = @shop.products.find_or_initialize_by(external_id: attributes.fetch("id"))
      product.update!(
        title: attributes.fetch("title"),
        vendor: attributes["vendor"],
        handle: attributes.fetch("handle"),
        discontinued: false
      )
    end
  end
end
