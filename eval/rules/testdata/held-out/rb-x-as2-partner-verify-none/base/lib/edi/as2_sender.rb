# frozen_string_literal: true

require "net/http"
require "openssl"
require "securerandom"

module Edi
  class As2Sender
    class DeliveryError < StandardError; end

    def initialize(partner)
      @partner = partner
      @uri = URI(partner.endpoint)
    end

    def deliver(message)
      request = Net::HTTP::Post.new(@uri.request_uri)
      request["AS2-From"] = Edi.config.as2_name
      request["AS2-To"] = @partner.as2_name
      request["Message-ID"] = message.as2_message_id
      request["Content-Type"] = "application/pkcs7-mime; smime-type=enveloped-data"
      request.body = message.envelope

      response = http.request(request)
      unless response.is_a?(Net::HTTPSuccess)
        raise DeliveryError, "#{@partner.code}: #{response.code} for #{message.as2_message_id}"
      end

      Edi::Mdn.parse(response.body, content_type: response["Content-Type"])
    rescue Timeout::Error, SystemCallError, OpenSSL::SSL::SSLError => e
      raise DeliveryError, "#{@partner.code}: #{e.class}"
    end

    private

    def http
      Net::HTTP.new(@uri.host, @uri.port).tap do |h|
        h.use_ssl = true
        h.open_timeout = 10
        h.read_timeout = 90
      end
    end
  end
end
