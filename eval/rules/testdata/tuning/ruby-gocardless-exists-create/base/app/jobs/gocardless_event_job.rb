class GocardlessEventJob < ApplicationJob
  queue_as :payments

  def perform(event)
    Rails.logger.info("gocardless event #{event['id']} ignored")
  end
end
