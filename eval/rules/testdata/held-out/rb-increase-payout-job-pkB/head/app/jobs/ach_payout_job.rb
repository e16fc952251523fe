# frozen_string_literal: true

class AchPayoutJob
  include Sidekiq::Job

  sidekiq_options queue: "payouts", retry: 8

  def perform(payout_id)
    payout = Payout.find(payout_id)
    return if payout.sent?

    response = connection.post("/ach_transfers") do |req|
      req.body = {
        account_id: payout.source_account,
        amount: payout.amount_cents,
        account_number: payout.recipient.account_number,
        routing_number: payout.recipient.routing_number,
        statement_descriptor: "ACME #{payout.reference}"
      }
    end
    payout.update!(state: "sent", provider_id: response.body.fetch("id"))
  rescue Faraday::BadRequestError, Faraday::UnprocessableEntityError => e
    payout.update!(state: "rejected", failure: "increase answered #{e.response_status}")
  end

  private

  def connection
    @connection ||= Faraday.new(url: "https://api.increase.com", request: { timeout: 20, open_timeout: 5 }) do |f|
      f.request :json
      f.request :authorization, "Bearer", -> { Rails.application.credentials.increase.fetch(:api_key) }
      f.response :json
      f.response :raise_error
    end
  end
end
