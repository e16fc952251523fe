# frozen_string_literal: true

require "json"
require "net/http"
require "uri"

module Fulfilment
  class RequestFailed < StandardError
    attr_reader :status

    def initialize(status)
      @status = status
      super("fulfilment center answered #{status}")
    end
  end

  class Connection
    def initialize(base_url:, token:)
      @base = URI(base_url)
      @token = token
    end

    def stock(sku)
      request = Net::HTTP::Get.new("/stock/#{URI.encode_www_form_component(sku)}")
      Integer(perform(request).fetch("available"))
    end

    def pick_list(id)
      perform(Net::HTTP::Get.new("/pick-lists/#{Integer(id)}"))
    end

    private

    def perform(request)
      request["Authorization"] = "Bearer #{@token}"
      request["Accept"] = "application/json"
      response = http.request(request)
      raise RequestFailed, response.code unless response.is_a?(Net::HTTPSuccess)

      JSON.parse(response.body)
    end

    def http
      @http ||= Net::HTTP.new(@base.host, @base.port).tap do |conn|
        conn.use_ssl = @base.scheme == "https"
        conn.open_timeout = 3
        conn.read_timeout = 15
      end
    end
  end
end
