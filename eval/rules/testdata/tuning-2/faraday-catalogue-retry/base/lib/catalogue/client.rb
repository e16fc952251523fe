# frozen_string_literal: true

require "faraday"

module Catalogue
  class Error < StandardError; end

  class Client
    PAGE = 250
    MAX_PAGES = 400

    def initialize(base_url:, token:)
      @http = Faraday.new(url: base_url, request: { open_timeout: 2, timeout: 8 }) do |f|
        f.request :authorization, "Bearer", token
        f.response :raise_error
        f.response :json
      end
    end

    def each_article
      return to_enum(:each_article) unless block_given?

      after = nil
      MAX_PAGES.times do
        page = @http.get("/v2/articles", { limit: PAGE, after: after }.compact).body
        page.fetch("articles").each { |article| yield article }
        after = page["next"]
        return if after.nil?
      end
      raise Error, "catalogue has more than #{PAGE * MAX_PAGES} articles"
    rescue Faraday::Error => e
      raise Error, "catalogue request failed (#{e.response_status || e.class.name})"
    end
  end
end
