# frozen_string_literal: true

module Dhl
  class TrackingClient
    class Error < StandardError; end
    class NotFound < Error; end
    class Throttled < Error; end

    Event = Data.define(:status, :at, :place)

    def initialize(api_key: Rails.application.credentials.dig(:dhl, :api_key), connection: nil)
      @connection = connection || build_connection(api_key)
    end

    def events(tracking_number)
      response = @connection.get("track/shipments", trackingNumber: tracking_number)
      shipment = response.body.fetch("shipments").first or raise NotFound, tracking_number
      shipment.fetch("events").map do |event|
        Event.new(
          status: event.fetch("statusCode"),
          at: Time.iso8601(event.fetch("timestamp")),
          place: event.dig("location", "address", "addressLocality")
        )
      end
    rescue Faraday::ResourceNotFound
      raise NotFound, tracking_number
    rescue Faraday::TooManyRequestsError
      raise Throttled
    rescue Faraday::Error => e
      raise Error, "dhl tracking: #{e.class}"
    end

    private

    def build_connection(api_key)
      Faraday.new("https://api-eu.dhl.com/") do |f|
        f.headers["DHL-API-Key"] = api_key
        f.response :raise_error
        f.response :json
        f.adapter :net_http_persistent, pool_size: 10, name: "dhl"
      end
    end
  end
end
