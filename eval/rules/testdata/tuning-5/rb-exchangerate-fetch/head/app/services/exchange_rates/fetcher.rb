# frozen_string_literal: true

require 'net/http'
require 'json'

module ExchangeRates
  class Fetcher
    BASE_URL = 'https://api.exchangerate.host'
    CACHE_FOR = 6.hours

    def initialize(access_key: Rails.application.credentials.exchangerate_key, cache: Rails.cache)
      @access_key = access_key
      @cache = cache
    end

    def rate(from, to)
      return BigDecimal('1') if from == to

      @cache.fetch("fx/#{from}/#{to}", expires_in: CACHE_FOR) { load_rate(from, to) }
    end

    private

    attr_reader :access_key

    def load_rate(from, to)
      uri = URI("#{BASE_URL}/live")
      uri.query = URI.encode_www_form(source: from, currencies: to)

      request = Net::HTTP::Get.new(uri)
      request['apikey'] = access_key

      response = Net::HTTP.start(uri.host, uri.port, use_ssl: true, open_timeout: 2, read_timeout: 5) do |http|
        http.request(request)
      end

      quotes = JSON.parse(response.body)['quotes'] || {}
      rate = quotes["#{from}#{to}"].to_d
      Rails.logger.info("fx rate #{from}/#{to} loaded: #{rate}")
      rate
    end
  end
end
