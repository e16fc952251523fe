# frozen_string_literal: true

module Quickbooks
  class VendorImport
    MAX_RESULTS = 1000

    def initialize(company, client: Client.for(company))
      @company = company
      @client = client
    end

    # Brings our vendors in line with the active vendors of QuickBooks.
    def call
      vendors = @client.query("SELECT * FROM Vendor WHERE Active = true MAXRESULTS #{MAX_RESULTS}").fetch("Vendor", [])
      seen = []

      Vendor.transaction do
        vendors.each do |row|
          vendor = @company.vendors.find_or_initialize_by(qbo_id: row.fetch("Id"))
          vendor.update!(
            name: row.fetch("DisplayName"),
            email: row.dig("PrimaryEmailAddr", "Address"),
            currency: row.dig("CurrencyRef", "value") || @company.currency,
            active: true
          )
          seen << vendor.id
        end
        @company.vendors.where.not(id: seen).update_all(active: false)
      end

      Rails.logger.info("imported #{seen.size} vendors for company #{@company.id}")
      seen.size
    end
  end
end
