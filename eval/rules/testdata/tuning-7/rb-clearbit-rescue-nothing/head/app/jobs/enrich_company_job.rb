# frozen_string_literal: true

class EnrichCompanyJob < ApplicationJob
  queue_as :low

  CONNECTION = Faraday.new("https://company.clearbit.com") do |f|
    f.request :authorization, "Bearer", -> { Rails.application.credentials.clearbit_key }
    f.options.timeout = 10
    f.options.open_timeout = 3
    f.response :json
    f.response :raise_error
  end

  def perform(company_id)
    company = Company.find(company_id)
    return if company.enriched_at?

    facts = lookup(company.domain)
    company.update!(
      industry: facts&.dig("category", "industry"),
      employees: facts&.dig("metrics", "employees"),
      enriched_at: Time.current
    )
  end

  private

  def lookup(domain)
    CONNECTION.get("/v2/companies/find", domain: domain).body
  rescue StandardError
    nil
  end
end
