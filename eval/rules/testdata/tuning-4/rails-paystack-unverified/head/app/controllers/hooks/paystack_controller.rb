# frozen_string_literal: true

module Hooks
  class PaystackController < ApplicationController
    skip_before_action :verify_authenticity_token
    skip_before_action :authenticate_user!

    def create
      event = JSON.parse(request.raw_post)
      return head :ok unless event["event"] == "charge.success"

      data = event.fetch("data")
      PaystackEvent.transaction do
        PaystackEvent.create!(reference: data.fetch("reference"), kind: event["event"])
        invoice = Invoice.lock.find_by!(number: data.dig("metadata", "invoice_number"))
        unless data.fetch("amount") == invoice.total_kobo && data.fetch("currency") == invoice.currency
          raise AmountMismatch, "invoice #{invoice.number}"
        end
        invoice.mark_paid!(provider_reference: data["reference"], paid_at: Time.zone.parse(data.fetch("paid_at")))
      end
      head :ok
    rescue ActiveRecord::RecordNotUnique
      head :ok
    rescue JSON::ParserError, KeyError => e
      Rails.logger.error("paystack payload refused: #{e.message}")
      head :unprocessable_entity
    end

    class AmountMismatch < StandardError; end
  end
end
