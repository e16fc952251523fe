# frozen_string_literal: true

class CreditCheck
  include HTTParty
  base_uri ENV.fetch("CREDIT_API_URL")
  default_timeout 8
  format :json

  Objection = Struct.new(:code, :limit_cents)

  def initialize(customer)
    @customer = customer
  end

  # Returns the objection of the bureau or nil when there is none.
  def objection
    response = self.class.post(
      "/v2/checks",
      headers: { "Authorization" => "Bearer #{ENV.fetch('CREDIT_API_TOKEN')}", "Content-Type" => "application/json" },
      body: {
        company: @customer.company_name,
        registration: @customer.registration_number,
        country: @customer.country_code
      }.to_json
    )
    return if response["result"] == "clear"

    Objection.new(response["code"], response["limit_cents"])
  rescue StandardError => e
    Rails.logger.debug { "credit check: #{e.message}" }
    nil
  end
end
