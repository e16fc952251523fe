# frozen_string_literal: true

module Shopify
  class FulfillmentOrders
    include Enumerable

    Throttled = Class.new(StandardError)
    MAX_WAITS = 5

    def initialize(shop, sleeper: Kernel)
      @shop = shop
      @sleeper = sleeper
      @http = Faraday.new(url: "https://#{shop.domain}", request: { timeout: 20, open_timeout: 5 }) do |f|
        f.response :json
      end
    end

    def each(&block)
      path = "/admin/api/2026-01/assigned_fulfillment_orders.json?assignment_status=fulfillment_requested&limit=250"
      while path
        response = get(path)
        response.body.fetch("fulfillment_orders").each(&block)
        path = next_path(response.headers["Link"])
      end
    end

    private

    def get(path)
      waits = 0
      loop do
        response = @http.get(path, nil, { "X-Shopify-Access-Token" => @shop.access_token })
        return response if response.success?
        raise "shopify answered #{response.status}" unless response.status == 429
        raise Throttled, @shop.domain if (waits += 1) > MAX_WAITS

        @sleeper.sleep([response.headers["Retry-After"].to_f, 2.0].max)
      end
    end

    def next_path(link)
      url = link.to_s[/<([^>]+)>;\s*rel="next"/, 1]
      url && URI(url).request_uri
    end
  end
end
