# frozen_string_literal: true

require "net/http"

class ImportRatesJob < ApplicationJob
  queue_as :nightly

  FEED = URI("https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml")

  class FeedError < StandardError; end

  retry_on FeedError, Net::OpenTimeout, Net::ReadTimeout, SocketError, wait: 15.minutes, attempts: 4

  def perform
    response = Net::HTTP.get_response(FEED)
    raise FeedError, "status #{response.code}" unless response.is_a?(Net::HTTPOK)

    day, rates = parse(response.body)
    ExchangeRate.upsert_all(
      rates.map { |currency, rate| { day: day, currency: currency, rate: rate } },
      unique_by: %i[day currency]
    )
    Rails.logger.info("rates imported day=#{day} count=#{rates.size}")
  end

  private

  def parse(xml)
    document = Nokogiri::XML(xml) { |c| c.strict.nonet }
    document.remove_namespaces!
    cube = document.at_xpath("//Cube[@time]") || raise(FeedError, "no dated section")
    rates = cube.xpath("./Cube").to_h { |n| [n["currency"], BigDecimal(n["rate"])] }
    raise FeedError, "no rates" if rates.empty?

    [Date.iso8601(cube["time"]), rates]
  rescue Nokogiri::XML::SyntaxError
    raise FeedError, "malformed feed"
  end
end
