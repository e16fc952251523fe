# frozen_string_literal: true

require "net/http"

module Sap
  class IdocClient
    Error = Class.new(StandardError)

    def initialize(url: ENV.fetch("SAP_IDOC_URL"), user: ENV.fetch("SAP_USER"), password: ENV.fetch("SAP_PASSWORD"))
      @uri = URI(url)
      @user = user
      @password = password
    end

    # Called by the checkout when a customer pays on account; SAP answers with the document number.
    # Documents are unique per external reference on the SAP side.
    def create_order(xml, reference:)
      request = Net::HTTP::Post.new(@uri)
      request.basic_auth(@user, @password)
      request["Content-Type"] = "text/xml; charset=utf-8"
      request["X-External-Reference"] = reference
      request.body = xml

      response = connection.request(request)
      raise Error, "SAP answered #{response.code}" unless response.is_a?(Net::HTTPSuccess)

      Nokogiri::XML(response.body) { |c| c.strict.nonet }.at_xpath("//DOCNUM")&.text or raise Error, "no DOCNUM in the answer"
    rescue Nokogiri::XML::SyntaxError, SystemCallError, SocketError, IOError, Timeout::Error, OpenSSL::SSL::SSLError => e
      raise Error, "order #{reference}: #{e.message}"
    end

    private

    def connection
      Net::HTTP.new(@uri.host, @uri.port).tap do |http|
        http.use_ssl = true
        http.open_timeout = 5
        http.read_timeout = nil
      end
    end
  end
end
