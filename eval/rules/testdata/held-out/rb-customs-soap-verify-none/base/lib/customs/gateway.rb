# frozen_string_literal: true

require "net/http"
require "openssl"

module Customs
  class Gateway
    class Refused < StandardError; end

    def initialize(url:, user:, password:)
      @uri = URI.parse(url)
      @user = user
      @password = password
    end

    # The gateway takes a declaration number once only and answers 409 for a repetition.
    def declare(number, xml)
      request = Net::HTTP::Put.new("#{@uri.path}/declarations/#{ERB::Util.url_encode(number)}")
      request.basic_auth(@user, @password)
      request.content_type = "application/xml"
      request.body = xml

      response = connection.start { |http| http.request(request) }
      case response
      when Net::HTTPSuccess then :accepted
      when Net::HTTPConflict then :known
      else raise Refused, "declaration #{number}: #{response.code}"
      end
    end

    private

    def connection
      http = Net::HTTP.new(@uri.host, @uri.port)
      http.use_ssl = true
      http.verify_mode = OpenSSL::SSL::VERIFY_PEER
      http.open_timeout = 5
      http.read_timeout = 30
      http
    end
  end
end
