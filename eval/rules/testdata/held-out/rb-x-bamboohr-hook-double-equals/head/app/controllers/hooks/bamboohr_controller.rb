# frozen_string_literal: true

class Hooks::BamboohrController < ActionController::API
  MAX_AGE = 5.minutes

  before_action :authenticate!

  def create
    ids = JSON.parse(request.raw_post).fetch("employees").map { |e| Integer(e.fetch("id")) }
    ids.each { |id| Hr::EmployeeRefreshJob.perform_later(id) }
    head :accepted
  rescue JSON::ParserError, KeyError, ArgumentError, TypeError => e
    logger.warn("bamboohr webhook not understood: #{e.message.truncate(120)}")
    head :unprocessable_entity
  end

  private

  def authenticate!
    timestamp = request.headers["X-BambooHR-Timestamp"].to_s
    return head(:unauthorized) unless fresh?(timestamp)

    expected = OpenSSL::HMAC.hexdigest("SHA256", webhook_key, request.raw_post + timestamp)
    return if request.headers["X-BambooHR-Signature"] == expected

    logger.warn("bamboohr webhook with a bad signature from #{request.remote_ip}")
    head :unauthorized
  end

  def fresh?(timestamp)
    timestamp.match?(/\A\d{10}\z/) && (Time.now.to_i - timestamp.to_i).abs <= MAX_AGE
  end

  def webhook_key
    Rails.application.credentials.bamboohr.fetch(:webhook_private_key)
  end
end
