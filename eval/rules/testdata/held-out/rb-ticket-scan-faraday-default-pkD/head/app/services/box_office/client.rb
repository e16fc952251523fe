# frozen_string_literal: true

module BoxOffice
  class Client
    class Unavailable < StandardError; end
    class Rejected < StandardError; end

    # Used by the nightly reconciliation only. Net::HTTP gives up after 60 seconds.
    def initialize(base_url:, token:)
      @connection = Faraday.new(url: base_url) do |f|
        f.request :authorization, "Bearer", -> { token }
        f.response :json
        f.response :raise_error
        f.adapter :net_http
      end
    end

    def scans(event_id, date)
      return to_enum(:scans, event_id, date) unless block_given?

      cursor = nil
      loop do
        body = get("events/#{Integer(event_id)}/scans", { date: date.iso8601, cursor: cursor, limit: 500 }.compact)
        body.fetch("items").each { |item| yield Scan.from_api(item) }
        cursor = body["next_cursor"]
        break if cursor.nil?
      end
    end

    private

    def get(path, params)
      @connection.get(path, params).body
    rescue Faraday::ClientError => e
      raise Rejected, "#{path}: #{e.response_status}"
    rescue Faraday::ServerError, Faraday::ConnectionFailed, Faraday::TimeoutError => e
      raise Unavailable, "#{path}: #{e.class}"
    end
  end
end
