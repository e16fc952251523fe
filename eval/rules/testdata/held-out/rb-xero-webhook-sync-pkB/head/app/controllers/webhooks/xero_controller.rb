# frozen_string_literal: true

module Webhooks
  class XeroController < ActionController::API
    before_action :verify

    def create
      JSON.parse(request.raw_post).fetch("events").each do |event|
        next unless event["eventCategory"] == "INVOICE"

        organisation = Organisation.find_by(xero_tenant_id: event["tenantId"])
        next if organisation.nil?

        invoice = Xero::Client.for(organisation).invoice(event.fetch("resourceId"))
        Accounting::InvoiceUpsert.call(organisation, invoice)
        Accounting::RecalculateAging.call(organisation)
      end
      head :ok
    end

    private

    def verify
      key = Rails.application.credentials.xero.fetch(:webhook_key)
      expected = Base64.strict_encode64(OpenSSL::HMAC.digest("SHA256", key, request.raw_post))
      given = request.headers["x-xero-signature"].to_s
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, given)
    end
  end
end
