# frozen_string_literal: true

require "faraday"

module Faraday
  class AuditLogger < Faraday::Middleware
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
          ms: elapsed
        )
      end
    end

  end
end
