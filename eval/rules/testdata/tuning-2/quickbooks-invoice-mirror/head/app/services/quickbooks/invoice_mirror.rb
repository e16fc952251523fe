# frozen_string_literal: true

module Quickbooks
  # Mirrors the invoices that changed since the last run.
  class InvoiceMirror
    MINOR_VERSION = 70

    def initialize(connection)
      @connection = connection
      @http = Faraday.new(url: Rails.configuration.x.quickbooks.base_url, request: { open_timeout: 3, timeout: 15 }) do |f|
        f.request :authorization, "Bearer", -> { connection.fresh_access_token }
        f.response :raise_error
        f.response :json
      end
    end

    def run(until_time: Time.current)
      ids = changed_ids(@connection.cursor)
      invoices = ids.map { |id| fetch(id) }.compact

      Invoice.transaction do
        invoices.each { |invoice| upsert(invoice) }
        @connection.update!(cursor: until_time)
      end
      invoices.size
    end

    private

    def changed_ids(since)
      body = @http.get("v3/company/#{@connection.realm_id}/cdc",
                       entities: "Invoice", changedSince: since.iso8601, minorversion: MINOR_VERSION).body
      body.dig("CDCResponse", 0, "QueryResponse", 0, "Invoice").to_a.map { |i| i.fetch("Id") }
    end

    def fetch(id)
      @http.get("v3/company/#{@connection.realm_id}/invoice/#{id}", minorversion: MINOR_VERSION).body.fetch("Invoice")
    rescue StandardError
      nil
    end

    def upsert(invoice)
      Invoice.upsert(
        {
          realm_id: @connection.realm_id,
          external_id: invoice.fetch("Id"),
          total: BigDecimal(invoice.fetch("TotalAmt").to_s),
          currency: invoice.dig("CurrencyRef", "value"),
          due_on: invoice["DueDate"]
        },
        unique_by: %i[realm_id external_id]
      )
    end
  end
end
