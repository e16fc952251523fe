# frozen_string_literal: true

require "net/http"
require "csv"

module Tariffs
  # Loads the diesel price index, which moves the fuel surcharge of the next month.
  class IndexDownload
    class Unavailable < StandardError; end

    URL = URI("https://data.acme-tariffs.example/indices/diesel.csv")
    MAX_BYTES = 512 * 1024

    Row = Struct.new(:month, :value)

    def call
      rows = CSV.parse(download, headers: true, col_sep: ";").map do |line|
        Row.new(Date.strptime(line.fetch("month"), "%Y-%m"), BigDecimal(line.fetch("index").tr(",", ".")))
      end
      raise Unavailable, "empty index" if rows.empty?

      rows.sort_by(&:month)
    rescue CSV::MalformedCSVError, KeyError, ArgumentError => e
      raise Unavailable, "index not readable: #{e.message}"
    end

    private

    def download
      text = +""
      Net::HTTP.start(URL.host, URL.port, use_ssl: true) do |http|
        http.request_get(URL.request_uri) do |response|
          raise Unavailable, "index: status #{response.code}" unless response.is_a?(Net::HTTPOK)

          response.read_body do |chunk|
            text << chunk
            raise Unavailable, "index larger than #{MAX_BYTES} bytes" if text.bytesize > MAX_BYTES
          end
        end
      end
      text.force_encoding(Encoding::UTF_8)
    rescue SystemCallError, SocketError, Timeout::Error, OpenSSL::SSL::SSLError => e
      raise Unavailable, "index: #{e.class}"
    end
  end
end
