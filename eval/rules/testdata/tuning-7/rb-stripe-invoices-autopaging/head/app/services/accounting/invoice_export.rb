# frozen_string_literal: true

require "csv"

module Accounting
  class InvoiceExport
    HEADERS = %w[number customer currency total_minor paid_at].freeze

    def initialize(month)
      @range = month.beginning_of_month.beginning_of_day.utc...month.next_month.beginning_of_month.beginning_of_day.utc
    end

    # Writes the file and returns the number of rows.
    def write(path)
      rows = 0
      CSV.open(path, "w", write_headers: true, headers: HEADERS) do |csv|
        invoices.auto_paging_each do |invoice|
          csv << row(invoice)
          rows += 1
        end
      end
      Rails.logger.info("invoice export from=#{@range.begin.iso8601} rows=#{rows}")
      rows
    end

    private

    def invoices
      Stripe::Invoice.list(
        status: "paid",
        limit: 100,
        created: { gte: @range.begin.to_i, lt: @range.end.to_i }
      )
    end

    def row(invoice)
      paid_at = invoice.status_transitions.paid_at
      [
        invoice.number,
        invoice.customer,
        invoice.currency.upcase,
        invoice.total,
        paid_at && Time.at(paid_at).utc.iso8601
      ]
    end
  end
end
