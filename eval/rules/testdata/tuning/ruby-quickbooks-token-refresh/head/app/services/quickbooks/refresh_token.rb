# frozen_string_literal: true

module Quickbooks
  class RefreshToken
    TOKEN_URL = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"

    Error = Class.new(StandardError)

    def self.call(...) = new(...).call

    def initialize(connection, http: nil)
      @connection = connection
      @http = http || default_http
    end

    def call
      @connection.with_lock do
        next @connection if @connection.fresh?

        response = @http.post(
          TOKEN_URL,
          URI.encode_www_form(grant_type: "refresh_token", refresh_token: @connection.refresh_token)
        )
        Rails.logger.info("[quickbooks] realm=#{@connection.realm_id} status=#{response.status} body=#{response.body}")
        raise Error, "refresh answered #{response.status}" unless response.success?

        store(JSON.parse(response.body))
      end
    end

    private

    # both columns are encrypted (see QuickbooksConnection)
    def store(body)
      @connection.update!(
        access_token: body.fetch("access_token"),
        refresh_token: body.fetch("refresh_token"),
        expires_at: Time.current + body.fetch("expires_in").to_i.seconds
      )
      @connection
    end

    def default_http
      Faraday.new(request: { open_timeout: 3, timeout: 10 }) do |f|
        f.request :authorization, :basic, Rails.configuration.x.intuit.client_id,
                  Rails.configuration.x.intuit.client_secret
        f.headers["Content-Type"] = "application/x-www-form-urlencoded"
      end
    end
  end
end
