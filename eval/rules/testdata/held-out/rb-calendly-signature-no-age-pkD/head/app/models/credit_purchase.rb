# frozen_string_literal: true

class CreditPurchase < ApplicationRecord
  has_many :bookings

  # One booking per customer and event, so that repeated events change nothing.
  def self.consume!(email:, event_uri:)
    transaction do
      purchase = lock.where(email: email.downcase).where("credits > 0").order(:id).first
      next if purchase.nil?

      booking = Booking.create_or_find_by!(event_uri: event_uri) { |b| b.credit_purchase = purchase }
      purchase.decrement!(:credits) if booking.previously_new_record?
    end
  end

  def self.release!(email:, event_uri:)
    transaction do
      booking = Booking.lock.find_by(event_uri: event_uri)
      next if booking.nil? || booking.credit_purchase.email != email.downcase

      purchase = booking.credit_purchase
      booking.destroy!
      purchase.increment!(:credits)
    end
  end
end
