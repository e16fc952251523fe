# frozen_string_literal: true

require "net/http"

module Xero
  class TokenRenewal
    ENDPOINT = URI("https://identity.xero.com/connect/token")
    EARLY = 3.minutes

    class Refused < StandardError; end
    class Unavailable < StandardError; end

    def initialize(connection)
      @connection = connection
    end

    # Serialised by the row lock, refresh tokens can be used once only.
    def access_token
      @connection.with_lock do
        renew if @connection.expires_at < EARLY.from_now
        @connection.access_token
      end
    end

    private

    def renew
      response = exchange(@connection.refresh_token)
      Rails.logger.info("xero token of tenant #{@connection.tenant_id} renewed: #{response.code}")
      raise Refused, "xero refused the refresh token" if response.code == "400"
      raise Unavailable, "xero answered #{response.code}" unless response.code == "200"

      tokens = JSON.parse(response.body)
      @connection.update!(
        access_token: tokens.fetch("access_token"),
        refresh_token: tokens.fetch("refresh_token"),
        expires_at: tokens.fetch("expires_in").seconds.from_now
      )
    end

    def exchange(refresh_token)
      request = Net::HTTP::Post.new(ENDPOINT)
      request.basic_auth(Rails.configuration.x.xero.client_id, Rails.configuration.x.xero.client_secret)
      request.set_form_data(grant_type: "refresh_token", refresh_token: refresh_token)
      Net::HTTP.start(ENDPOINT.host, ENDPOINT.port, use_ssl: true, open_timeout: 3, read_timeout: 10) do |http|
        http.request(request)
      end
    end
  end
end
