# frozen_string_literal: true

module Catalog
  class ShopifyPull
    MAX_PAGES = 1_000
    MAX_WAITS = 10

    def initialize(shop)
      @shop = shop
    end

    # Writes all products of the shop; runs inside a job that is unique for each shop.
    def call
      started_at = Time.current
      client = ShopifyAPI::Clients::Rest::Admin.new(session: @shop.api_session)
      page_info = nil

      MAX_PAGES.times do
        query = { limit: 250, page_info: page_info }.compact
        query[:fields] = "id,title,handle,status,updated_at,variants"
        response = with_waits { client.get(path: "products", query: query) }
        write(response.body.fetch("products"), started_at)

        page_info = response.next_page_info
        break if page_info.nil?
      end
      raise "shop #{@shop.id}: more than #{MAX_PAGES} pages" if page_info

      @shop.products.where(seen_at: ...started_at).update_all(archived_at: started_at)
    end

    private

    def write(products, seen_at)
      rows = products.map do |p|
        { shop_id: @shop.id, shopify_id: p["id"], title: p["title"], handle: p["handle"], status: p["status"], seen_at: }
      end
      Product.upsert_all(rows, unique_by: %i[shop_id shopify_id]) if rows.any?
    end

    def with_waits
      waits = 0
      begin
        yield
      rescue ShopifyAPI::Errors::HttpResponseError => e
        raise unless e.code == 429 && (waits += 1) <= MAX_WAITS

        sleep((e.response.headers["retry-after"]&.first || 2).to_f.clamp(0.5, 30))
        retry
      end
    end
  end
end
