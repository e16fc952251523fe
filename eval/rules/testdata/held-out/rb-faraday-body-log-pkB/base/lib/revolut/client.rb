# frozen_string_literal: true

module Revolut
  class Client
    BASE = "https://b2b.revolut.com/api/1.0"

    def initialize(token_store: TokenStore.new, logger: Rails.logger)
      @token_store = token_store
      @logger = logger
    end

    def accounts
      connection.get("accounts").body
    end

    # Revolut drops a second payment with the same request_id.
    def pay(request_id:, account:, counterparty:, amount:, currency:, reference:)
      connection.post("pay", {
        request_id: request_id,
        account_id: account,
        receiver: { counterparty_id: counterparty },
        amount: amount.to_s("F"),
        currency: currency,
        reference: reference
      }).body
    end

    def refresh
      body = connection.post("auth/token", @token_store.refresh_params).body
      @token_store.replace(body.fetch("access_token"), expires_in: body.fetch("expires_in"))
    end

    private

    def connection
      @connection ||= Faraday.new(url: "#{BASE}/", request: { timeout: 15, open_timeout: 5 }) do |f|
        f.request :authorization, "Bearer", -> { @token_store.access_token }
        f.request :json
        f.response :json
        f.response :raise_error
      end
    end
  end
end
