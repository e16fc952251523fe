# frozen_string_literal: true

require "faraday"
require "faraday/retry"
require "logger"

module Personio
  class Client
    PAGE_SIZE = 200

    RETRY = {
      max: 4,
      interval: 0.5,
      backoff_factor: 2,
      interval_randomness: 0.5,
      max_interval: 30,
      methods: %i[get],
      retry_statuses: [429, 502, 503, 504]
    }.freeze

    def initialize(token_source:, logger: Logger.new($stdout))
      @token_source = token_source
      @logger = logger
    end

    def employees
      return enum_for(:employees) unless block_given?

      offset = 0
      loop do
        page = connection.get("/v1/company/employees", limit: PAGE_SIZE, offset: offset).body.fetch("data")
        page.each { |record| yield record.fetch("attributes") }
        @logger.info("personio employees offset=#{offset} count=#{page.size}")
        break if page.size < PAGE_SIZE

        offset += PAGE_SIZE
      end
    end

    private

    def connection
      @connection ||= Faraday.new("https://api.personio.de", request: { timeout: 15, open_timeout: 4 }) do |f|
        f.response :raise_error
        f.request :retry, RETRY
        f.request :authorization, "Bearer", -> { @token_source.current }
        f.response :json
      end
    end
  end
end
