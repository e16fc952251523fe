# frozen_string_literal: true

class PushInvoiceJob
  include Sidekiq::Job

  sidekiq_options queue: :accounting, retry: 8

  def perform(invoice_id)
    invoice = Invoice.includes(:lines, :customer).find(invoice_id)
    return if invoice.lexoffice_id.present?

    invoice.with_lock do
      next if invoice.lexoffice_id.present?

      # looks for a voucher with our number first, so a repeat does not create a second one
      voucher = client.find_voucher(number: invoice.number) || client.create_invoice(payload(invoice))
      invoice.update!(lexoffice_id: voucher.fetch("id"), pushed_at: Time.current)
    end
    logger.info("invoice #{invoice.number} pushed")
  rescue StandardError => e
    logger.warn("invoice #{invoice_id} not pushed: #{e.class}")
  end

  private

  def client
    @client ||= Lexoffice::Client.new(
      api_key: Rails.application.credentials.dig(:lexoffice, :api_key),
      open_timeout: 3,
      read_timeout: 20
    )
  end

  def payload(invoice)
    {
      voucherDate: invoice.issued_on.iso8601,
      address: { contactId: invoice.customer.lexoffice_contact_id },
      lineItems: invoice.lines.map do |line|
        {
          type: "custom",
          name: line.description,
          quantity: line.quantity,
          unitName: line.unit,
          unitPrice: { currency: "EUR", netAmount: line.unit_net.to_f, taxRatePercentage: line.tax_rate.to_i }
        }
      end,
      taxConditions: { taxType: "net" }
    }
  end
end
