# frozen_string_literal: true

module Flights
  class ScheduleClient
    MAX_PAGES = 200

    class TooManyPages < StandardError; end

    def initialize(base_url:, api_token:, logger: Rails.logger)
      @logger = logger
      @http = Faraday.new(base_url, request: { timeout: 12, open_timeout: 3 }) do |f|
        f.headers["Authorization"] = "Bearer #{api_token}"
        f.response :raise_error
        f.response :json
        f.response :logger, logger, headers: { request: true, response: false }, bodies: false do |log|
          log.filter(/(Authorization: )"[^"]*"/i, '\1"[masked]"')
        end
      end
    end

    # All departures of the airport on that day.
    def departures(airport, day)
      found = []
      token = nil
      MAX_PAGES.times do
        body = @http.get("schedules", { origin: airport, date: day.iso8601, pageToken: token }.compact).body
        found.concat(body.fetch("departures"))
        token = body["nextPageToken"].presence
        @logger.info("schedules airport=#{airport} day=#{day} count=#{found.size} next_token=#{token || 'none'}")
        return found unless token
      end
      raise TooManyPages, "#{airport} #{day}"
    end
  end
end
