# frozen_string_literal: true

module Sendcloud
  class Client
    Error = Class.new(StandardError)
    NotFound = Class.new(Error)

    RETRY = {
      max: 3,
      interval: 0.5,
      interval_randomness: 0.5,
      backoff_factor: 2,
      methods: %i[get],
      retry_statuses: [429, 502, 503, 504],
      exceptions: [Faraday::ConnectionFailed, Faraday::TimeoutError, Faraday::RetriableResponse]
    }.freeze

    def initialize(public_key:, secret_key:, adapter: Faraday.default_adapter)
      @connection = Faraday.new(
        url: "https://panel.sendcloud.sc",
        request: { open_timeout: 2, timeout: 12 }
      ) do |f|
        f.request :authorization, :basic, public_key, secret_key
        f.request :json
        f.request :retry, RETRY
        f.response :json
        f.adapter adapter
      end
    end

    def parcel(id)
      unwrap(@connection.get("/api/v2/parcels/#{Integer(id)}")).fetch("parcel")
    end

    def each_parcel(updated_after:)
      return enum_for(:each_parcel, updated_after: updated_after) unless block_given?

      params = { updated_after: updated_after.utc.iso8601, limit: 100 }
      loop do
        body = unwrap(@connection.get("/api/v2/parcels", params))
        body.fetch("parcels").each { |parcel| yield parcel }
        cursor = next_cursor(body["next"])
        break if cursor.nil? || cursor == params[:cursor]

        params = params.merge(cursor: cursor)
      end
    end

    private

    def unwrap(response)
      raise NotFound if response.status == 404
      raise Error, "sendcloud answered #{response.status}" unless response.success?

      response.body
    end

    def next_cursor(url)
      url && Rack::Utils.parse_query(URI(url).query)["cursor"]
    end
  end
end
