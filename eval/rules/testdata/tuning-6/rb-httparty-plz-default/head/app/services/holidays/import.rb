# frozen_string_literal: true

module Holidays
  # Runs once a night; an error fails the job and the scheduler reports it.
  class Import
    include HTTParty

    Error = Class.new(StandardError)

    base_uri "https://openholidaysapi.org"
    headers "Accept" => "application/json"

    def initialize(country: "DE")
      @country = country
    end

    def call(year)
      response = self.class.get(
        "/PublicHolidays",
        query: {
          countryIsoCode: @country,
          languageIsoCode: "DE",
          validFrom: "#{year}-01-01",
          validTo: "#{year}-12-31"
        }
      )
      raise Error, "holidays of #{year}: status #{response.code}" unless response.success?

      rows = response.parsed_response.map { |item| row(item) }
      raise Error, "no holidays for #{year}" if rows.empty?

      Holiday.upsert_all(rows, unique_by: :external_id)
      Rails.logger.info("holidays: #{rows.size} of #{year} imported")
    end

    private

    def row(item)
      {
        external_id: item.fetch("id"),
        on: Date.iso8601(item.fetch("startDate")),
        name: item.fetch("name").first.fetch("text"),
        nationwide: item.fetch("nationwide")
      }
    end
  end
end
