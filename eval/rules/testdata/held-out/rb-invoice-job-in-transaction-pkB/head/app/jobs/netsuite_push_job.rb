# frozen_string_literal: true

class NetsuitePushJob
  include Sidekiq::Job

  sidekiq_options queue: "erp", retry: 5

  def perform(invoice_id)
    invoice = Invoice.find_by(id: invoice_id)
    return if invoice.nil? || invoice.netsuite_id?

    # externalId makes the upsert safe to repeat.
    netsuite_id = Netsuite::Client.new.upsert_invoice(external_id: "inv-#{invoice.id}", payload: Netsuite::InvoicePayload.new(invoice).to_h)
    invoice.update!(netsuite_id: netsuite_id)
  end
end
