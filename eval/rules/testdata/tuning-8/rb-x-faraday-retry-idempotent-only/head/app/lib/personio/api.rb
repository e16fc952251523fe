# frozen_string_literal: true

require "faraday"
require "faraday/retry"

module Personio
  class Api
    class Error < StandardError; end

    RETRY = {
      max: 3,
      interval: 0.5,
      interval_randomness: 0.5,
      backoff_factor: 2,
      max_interval: 20,
      methods: %i[get],
      retry_statuses: [429, 502, 503, 504],
      exceptions: [Faraday::TimeoutError, Faraday::ConnectionFailed, Faraday::RetriableResponse]
    }.freeze

    def initialize(token)
      @conn = Faraday.new(url: "https://api.personio.de/v1/") do |f|
        f.options.timeout = 15
        f.options.open_timeout = 4
        f.request :authorization, "Bearer", token
        f.request :json
        f.request :retry, RETRY
        f.response :json
      end
    end

    def employee(id)
      unwrap(@conn.get("company/employees/#{Integer(id)}"))
    end

    def update_employee(id, attributes)
      unwrap(@conn.patch("company/employees/#{Integer(id)}", { employee: attributes }))
    end

    private

    def unwrap(response)
      return response.body.fetch("data") if response.success?

      raise Error, "personio: status #{response.status}"
    rescue KeyError
      raise Error, "personio: answer without data"
    end
  end
end
