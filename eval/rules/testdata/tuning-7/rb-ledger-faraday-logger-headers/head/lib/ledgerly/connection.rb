# frozen_string_literal: true

module Ledgerly
  class Connection
    API = "https://api.ledgerly.eu"
    LOGIN = "https://login.ledgerly.eu"

    def initialize(credentials:, logger: Rails.logger)
      @credentials = credentials
      @logger = logger
    end

    def upload(path, payload)
      http(API).post(path, payload.to_json, "Authorization" => "Bearer #{access_token}").body
    end

    private

    def access_token
      Rails.cache.fetch("ledgerly/access_token/#{@credentials.id}", expires_in: 10.minutes, skip_nil: true) do
        http(LOGIN).post("/oauth/token", URI.encode_www_form(
          grant_type: "client_credentials",
          client_id: @credentials.client_id,
          client_secret: @credentials.client_secret
        ), "Content-Type" => "application/x-www-form-urlencoded").body.fetch("access_token")
      end
    end

    def http(base)
      Faraday.new(base, request: { timeout: 20, open_timeout: 5 }) do |f|
        f.headers["Content-Type"] = "application/json"
        f.response :raise_error
        f.response :json
        f.response :logger, @logger, headers: true, bodies: true, log_level: :info
      end
    end
  end
end
