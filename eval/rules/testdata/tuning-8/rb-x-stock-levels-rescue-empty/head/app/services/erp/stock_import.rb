# frozen_string_literal: true

require "net/http"
require "json"

module Erp
  class StockImport
    def initialize(base_url:, database:, api_key:)
      @uri = URI.join(base_url, "/json/2/stock.quant/search_read")
      @database = database
      @api_key = api_key
    end

    def call
      levels = stock_levels
      Article.find_each do |article|
        article.update!(available: levels.fetch(article.sku, 0), stock_synced_at: Time.current)
      end
    end

    private

    def stock_levels
      request = Net::HTTP::Post.new(@uri, headers)
      request.body = { domain: [["location_id.usage", "=", "internal"]], fields: %w[product_code available_quantity] }.to_json

      response = Net::HTTP.start(@uri.host, @uri.port, use_ssl: true, open_timeout: 5, read_timeout: 60) do |http|
        http.request(request)
      end
      response.value
      JSON.parse(response.body).each_with_object(Hash.new(0)) do |row, sums|
        sums[row.fetch("product_code")] += row.fetch("available_quantity").to_i
      end
    rescue StandardError => e
      Rails.logger.warn("stock levels not available: #{e.message}")
      {}
    end

    def headers
      {
        "Authorization" => "bearer #{@api_key}",
        "X-Odoo-Database" => @database,
        "Content-Type" => "application/json"
      }
    end
  end
end
