# frozen_string_literal: true

require "faraday"

module Adp
  class Connection
    class ApiError < StandardError
      attr_reader :status

      def initialize(status, path)
        @status = status
        super("ADP #{path} answered #{status}")
      end
    end

    def initialize(token_source:, certificate:, key:, logger: Rails.logger)
      @token_source = token_source
      @http = Faraday.new(url: "https://api.adp.com", ssl: { client_cert: certificate, client_key: key }) do |f|
        f.options.open_timeout = 5
        f.options.timeout = 30
        f.request :json
        f.response :json
        f.adapter :net_http
      end
    end

    def worker(aoid)
      get("/hr/v2/workers/#{aoid}").dig("workers", 0)
    end

    def pay_distributions(aoid)
      get("/payroll/v2/workers/#{aoid}/pay-distributions").fetch("payDistributions", [])
    end

    private

    def get(path)
      response = @http.get(path) do |req|
        req.headers["Authorization"] = "Bearer #{@token_source.call}"
      end
      raise ApiError.new(response.status, path) unless response.success?

      response.body
    end
  end
end
