# frozen_string_literal: true

require "net/http"

module Bank
  class StatementClient
    class Error < StandardError; end

    def initialize(base_url: ENV.fetch("BANK_API_URL"), certificate: ClientCertificate.current)
      @uri = URI(base_url)
      @certificate = certificate
    end

    def statement(account, date)
      response = connection.start do |http|
        http.get("/v1/accounts/#{account.external_id}/statements/#{date.iso8601}", headers)
      end
      unless response.is_a?(Net::HTTPSuccess)
        raise Error, "bank answered #{response.code} for #{account.id}"
      end

      Camt053.parse(response.body)
    end

    private

    def connection
      Net::HTTP.new(@uri.host, @uri.port).tap do |http|
        http.use_ssl = true
        http.verify_mode = OpenSSL::SSL::VERIFY_PEER
        http.ca_file = Rails.root.join("config/certs/bank-ca.pem").to_s
        http.cert = @certificate.x509
        http.key = @certificate.private_key
        http.open_timeout = 5
        http.read_timeout = 30
      end
    end

    def headers
      { "Authorization" => "Bearer #{TokenCache.fetch(:bank)}", "Accept" => "application/xml" }
    end
  end
end
