# frozen_string_literal: true

module Finapi
  class Connection
    class Error < StandardError
      attr_reader :status

      def initialize(message, status = nil)
        super(message)
        @status = status
      end
    end

    def initialize(user, logger: Rails.logger)
      @user = user
      @http = Faraday.new(url: Rails.configuration.x.finapi.url) do |f|
        f.options.open_timeout = 5
        f.options.timeout = 40
        f.request :json
        f.response :json
      end
    end

    def accounts
      get("api/v2/accounts").fetch("accounts")
    end

    def bank_connection(id)
      get("api/v2/bankConnections/#{Integer(id)}")
    end

    private

    def get(path, params = {})
      response = @http.get(path, params) do |req|
        req.headers["Authorization"] = "Bearer #{@user.finapi_access_token}"
        req.headers["X-Request-Id"] = SecureRandom.uuid
      end
      return response.body if response.success?

      raise Error.new("finapi #{path}: status #{response.status}", response.status)
    rescue Faraday::Error => e
      raise Error, "finapi #{path}: #{e.class}"
    end
  end
end
