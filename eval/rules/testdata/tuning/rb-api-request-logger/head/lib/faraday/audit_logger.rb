# frozen_string_literal: true

require "faraday"

module Faraday
  class AuditLogger < Faraday::Middleware
    HIDDEN = %w[authorization cookie x-api-key proxy-authorization].freeze

    def initialize(app, logger:)
      super(app)
      @logger = logger
    end

    def call(env)
      started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      @app.call(env).on_complete do |done|
        elapsed = ((Process.clock_gettime(Process::CLOCK_MONOTONIC) - started) * 1000).round
        @logger.info(
          event: "http.out",
          method: done.method,
          host: done.url.host,
          path: done.url.path,
          status: done.status,
          ms: elapsed,
          request_headers: masked(done.request_headers)
        )
      end
    end

    private

    def masked(headers)
      headers.to_h do |name, value|
        [name, HIDDEN.include?(name.downcase) ? "[FILTERED]" : value]
      end
    end
  end
end
