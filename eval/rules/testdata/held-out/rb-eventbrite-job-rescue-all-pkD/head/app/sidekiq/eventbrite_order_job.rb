# frozen_string_literal: true

class EventbriteOrderJob
  include Sidekiq::Job

  sidekiq_options queue: "tickets", retry: 10

  def perform(account_id, order_id)
    account = EventbriteAccount.find(account_id)
    order = fetch(account, order_id)

    TicketOrder.transaction do
      record = account.ticket_orders.find_or_initialize_by(external_id: order["id"])
      record.update!(status: order["status"], email: order["email"], gross_cents: order.dig("costs", "gross", "value"))
    end
  rescue StandardError => e
    Rails.logger.error("eventbrite order #{order_id} failed: #{e.class}")
    nil
  end

  private

  def fetch(account, order_id)
    response = HTTParty.get(
      "https://www.eventbriteapi.com/v3/orders/#{Integer(order_id)}/",
      headers: { "Authorization" => "Bearer #{account.token}" },
      timeout: 15
    )
    raise "eventbrite status #{response.code}" unless response.code == 200

    response.parsed_response
  end
end
