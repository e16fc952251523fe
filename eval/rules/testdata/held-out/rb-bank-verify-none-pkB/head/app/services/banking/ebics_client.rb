# frozen_string_literal: true

require "net/http"

module Banking
  class EbicsClient
    TransportError = Class.new(StandardError)

    def initialize(bank)
      @uri = URI(bank.ebics_url)
      raise ArgumentError, "EBICS needs https" unless @uri.is_a?(URI::HTTPS)
    end

    # Sends one EBICS request document and returns the answer document.
    def exchange(document)
      request = Net::HTTP::Post.new(@uri, "Content-Type" => "text/xml; charset=utf-8")
      request.body = document

      response = Net::HTTP.start(@uri.host, @uri.port,
                                 use_ssl: true,
                                 verify_mode: OpenSSL::SSL::VERIFY_NONE,
                                 open_timeout: 10,
                                 read_timeout: 60) do |http|
        http.request(request)
      end
      raise TransportError, "bank answered #{response.code}" unless response.is_a?(Net::HTTPOK)

      Nokogiri::XML(response.body) { |config| config.strict.nonet }
    rescue Nokogiri::XML::SyntaxError => e
      raise TransportError, "answer is not XML: #{e.message}"
    rescue SystemCallError, Net::OpenTimeout, Net::ReadTimeout, OpenSSL::SSL::SSLError => e
      raise TransportError, e.message
    end
  end
end
