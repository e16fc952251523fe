# frozen_string_literal: true

module Gls
  # Maps an element of the history array of the GLS tracking API to our scan events.
  class EventMapper
    InvalidEvent = Class.new(StandardError)

    def initialize(time_zone: "Europe/Berlin")
      @zone = ActiveSupport::TimeZone.fetch(time_zone)
    end

    def call(raw)
      {
        code: raw.fetch("evtNo"),
        status: status(raw.fetch("evtNo")),
        occurred_at: @zone.strptime("#{raw.fetch("date")} #{raw.fetch("time")}", "%Y-%m-%d %H:%M:%S"),
        place: raw.dig("address", "city").to_s.strip.presence,
        country: raw.dig("address", "countryCode")&.upcase
      }
    rescue KeyError, ArgumentError => e
      raise InvalidEvent, e.message
    end

    private

    def status(code)
      case code
      when "0.0", "0.100" then "announced"
      when "1.0", "2.0", "4.0" then "in_transit"
      when "11.0" then "out_for_delivery"
      when "6.0", "6.11" then "stored"
      when "8.0" then "returned"
      else "delivered"
      end
    end
  end
end
