# frozen_string_literal: true

require "net/http"
require "json"

module Customs
  # Looks up tariff codes; called from TariffRefreshJob.
  class TariffClient
    class Error < StandardError; end
    class UnknownCode < Error; end

    def initialize(base_url: ENV.fetch("TARIFF_API_URL"), token: ENV.fetch("TARIFF_API_TOKEN"))
      @base = URI(base_url)
      @token = token
    end

    def describe(code, language: "en")
      uri = @base + "/v2/codes/#{URI.encode_www_form_component(code)}"
      uri.query = URI.encode_www_form(lang: language)
      request = Net::HTTP::Get.new(uri)
      request["Authorization"] = "Bearer #{@token}"
      request["Accept"] = "application/json"

      response = Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }

      case response
      when Net::HTTPOK then JSON.parse(response.body)
      when Net::HTTPNotFound then raise UnknownCode, code
      else raise Error, "tariff service answered #{response.code}"
      end
    end
  end
end
