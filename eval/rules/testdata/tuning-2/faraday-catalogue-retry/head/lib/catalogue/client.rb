# frozen_string_literal: true

require "faraday"
require "faraday/retry"

module Catalogue
  class Error < StandardError; end

  class Client
    PAGE = 250
    MAX_PAGES = 400

    RETRY = {
      max: 3,
      interval: 0.5,
      backoff_factor: 2,
      interval_randomness: 0.5,
      max_interval: 30,
      methods: %i[get],
      retry_statuses: [429, 502, 503, 504],
      exceptions: [Faraday::TimeoutError, Faraday::ConnectionFailed, Faraday::RetriableResponse]
    }.freeze

    def initialize(base_url:, token:)
      @http = Faraday.new(url: base_url, request: { open_timeout: 2, timeout: 8 }) do |f|
        f.request :authorization, "Bearer", token
        f.request :retry, RETRY
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
