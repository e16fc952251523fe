# frozen_string_literal: true

module Tracking
  class DhlClient
    Event = Data.define(:code, :location, :at)

    def initialize(api_key:)
      @http = Faraday.new("https://api-eu.dhl.com") do |f|
        f.headers["DHL-API-Key"] = api_key
        f.options.timeout = 8
        f.options.open_timeout = 2
        f.response :json
        f.response :raise_error
      end
    end

    def events(tracking_number)
      response = @http.get("/track/shipments", trackingNumber: tracking_number)
      shipment = response.body.fetch("shipments").first
      return [] unless shipment

      shipment.fetch("events", []).map { |e| build(e) }
    rescue Faraday::Error => e
      Rails.logger.warn("dhl tracking failed, retrying: #{e.class}")
      retry
    end

    private

    def build(event)
      Event.new(
        code: event["statusCode"],
        location: event.dig("location", "address", "addressLocality"),
        at: Time.iso8601(event.fetch("timestamp"))
      )
    end
  end
end
