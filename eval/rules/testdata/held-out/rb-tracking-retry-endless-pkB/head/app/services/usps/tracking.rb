# frozen_string_literal: true

module Usps
  class Tracking
    NotFound = Class.new(StandardError)

    def initialize(tokens: TokenCache.new)
      @tokens = tokens
      @connection = Faraday.new(url: "https://apis.usps.com", request: { timeout: 10, open_timeout: 4 }) do |f|
        f.response :json
        f.response :raise_error
      end
    end

    def status(number)
      body = fetch(number)
      Status.new(
        number: number,
        category: body.fetch("statusCategory"),
        summary: body["statusSummary"],
        expected_on: body["expectedDeliveryDate"]&.then { |d| Date.iso8601(d) }
      )
    end

    private

    def fetch(number)
      @connection.get("/tracking/v3/tracking/#{ERB::Util.url_encode(number)}", { expand: "SUMMARY" },
                      { "Authorization" => "Bearer #{@tokens.token}" }).body
    rescue Faraday::ResourceNotFound
      raise NotFound, number
    rescue Faraday::Error => e
      Rails.logger.warn("usps tracking #{number}: #{e.class}, retrying")
      retry
    end
  end
end
