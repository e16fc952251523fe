# frozen_string_literal: true

class GocardlessEventJob < ApplicationJob
  queue_as :payments
  retry_on StandardError, wait: :polynomially_longer, attempts: 10

  def perform(event_id)
    Gocardless::Dispatcher.new.call(GocardlessEvent.find(event_id))
  end
end
