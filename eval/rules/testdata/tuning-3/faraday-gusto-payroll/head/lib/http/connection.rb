# frozen_string_literal: true

require "faraday"
require "faraday/retry"

module Http
  RETRY = {
    max: 3,
    interval: 0.3,
    interval_randomness: 0.5,
    backoff_factor: 2,
    methods: %i[get head],
    retry_statuses: [429, 502, 503, 504],
    exceptions: [Faraday::TimeoutError, Faraday::ConnectionFailed, Faraday::RetriableResponse]
  }.freeze

  def self.connection(url, token:)
    Faraday.new(url, request: { open_timeout: 2, timeout: 10 }) do |f|
      f.request :authorization, "Bearer", token
      f.request :json
      f.request :retry, RETRY
      f.response :raise_error
      f.response :json
    end
  end
end
