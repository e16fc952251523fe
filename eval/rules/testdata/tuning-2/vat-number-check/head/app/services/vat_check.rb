# frozen_string_literal: true

require "net/http"

# Asks the VAT service of the tax office. Called from VatCheckJob only, which
# retries Unavailable three times with polynomially growing waits.
class VatCheck
  class Unavailable < StandardError; end

  Result = Struct.new(:valid, :name, :consulted_at, keyword_init: true)

  NUMBER = /\A[A-Z]{2}[0-9A-Z]{2,12}\z/

  def initialize(base: Rails.configuration.x.vat.base_url, key: Rails.configuration.x.vat.key)
    @base = base
    @key = key
  end

  def call(number)
    raise ArgumentError, "malformed vat number" unless NUMBER.match?(number)

    uri = URI("#{@base}/check/#{number[0, 2]}/#{number[2..]}")
    request = Net::HTTP::Get.new(uri, "X-Api-Key" => @key, "Accept" => "application/json")
    response = Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }

    case response
    when Net::HTTPOK then parse(response.body)
    when Net::HTTPNotFound then Result.new(valid: false, consulted_at: Time.current)
    else raise Unavailable, "vat service answered #{response.code}"
    end
  rescue SocketError, SystemCallError, Timeout::Error, OpenSSL::SSL::SSLError => e
    raise Unavailable, e.class.name
  end

  private

  def parse(body)
    data = JSON.parse(body)
    Result.new(valid: data.fetch("valid") == true, name: data["name"], consulted_at: Time.iso8601(data.fetch("at")))
  rescue JSON::ParserError, KeyError, ArgumentError
    raise Unavailable, "vat service sent an unreadable answer"
  end
end
