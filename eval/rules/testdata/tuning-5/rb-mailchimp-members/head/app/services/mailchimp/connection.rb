# frozen_string_literal: true

module Mailchimp
  module Connection
    RETRY = {
      max: 3,
      interval: 0.5,
      backoff_factor: 2,
      interval_randomness: 0.5,
      methods: %i[get put],
      retry_statuses: [429, 502, 503, 504]
    }.freeze

    def self.build
      Faraday.new(url: ENV.fetch('MAILCHIMP_URL'), request: { open_timeout: 2, timeout: 10 }) do |f|
        f.request :authorization, :basic, 'app', ENV.fetch('MAILCHIMP_API_KEY')
        f.request :json
        f.request :retry, RETRY
        f.response :raise_error
        f.response :json
      end
    end
  end
end
