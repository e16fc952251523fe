# frozen_string_literal: true

module Billing
  class CreateInvoice
    def initialize(customer, period)
      @customer = customer
      @period = period
    end

    def call
      Invoice.transaction do
        invoice = @customer.invoices.create!(period: @period, number: InvoiceNumber.next!, state: "open")
        NetsuitePushJob.perform_async(invoice.id)

        @customer.billable_shipments.in_period(@period).lock.each do |shipment|
          invoice.lines.create!(shipment: shipment, amount_cents: shipment.price_cents, vat_code: shipment.vat_code)
          shipment.update!(invoiced_at: Time.current)
        end
        invoice.update!(total_cents: invoice.lines.sum(:amount_cents))
        invoice
      end
    end
  end
end
