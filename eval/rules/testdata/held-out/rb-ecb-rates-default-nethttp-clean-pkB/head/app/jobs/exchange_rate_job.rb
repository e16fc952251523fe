# frozen_string_literal: true

require "net/http"

class ExchangeRateJob < ApplicationJob
  queue_as :nightly

  URL = URI("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml")
  Failed = Class.new(StandardError)

  retry_on Failed, wait: 10.minutes, attempts: 6

  def perform
    response = Net::HTTP.get_response(URL)
    raise Failed, "ECB answered #{response.code}" unless response.is_a?(Net::HTTPOK)

    document = Nokogiri::XML(response.body) { |c| c.strict.nonet }.remove_namespaces!
    day = document.at_xpath("//Cube[@time]") or raise Failed, "no dated section"
    quoted_on = Date.iso8601(day["time"])

    rows = day.xpath("./Cube").map do |cube|
      { currency: cube["currency"], quoted_on: quoted_on, rate: BigDecimal(cube["rate"]) }
    end
    raise Failed, "no rates" if rows.empty?

    ExchangeRate.upsert_all(rows, unique_by: %i[currency quoted_on])
  rescue Nokogiri::XML::SyntaxError, SystemCallError, SocketError, Net::OpenTimeout, Net::ReadTimeout => e
    raise Failed, e.message
  end
end
