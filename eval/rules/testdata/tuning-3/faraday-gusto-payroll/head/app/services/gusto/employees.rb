# frozen_string_literal: true

module Gusto
  class Employees
    PER_PAGE = 100

    def initialize(company)
      @company_id = company.gusto_uuid
      @http = Http.connection("https://api.gusto.com", token: company.gusto_token)
      @http.headers["X-Gusto-API-Version"] = "2025-06-15"
    end

    def each
      return to_enum(:each) unless block_given?

      page = 1
      loop do
        response = @http.get("/v1/companies/#{@company_id}/employees", page:, per: PER_PAGE)
        response.body.each { |employee| yield employee }
        break if page >= response.headers["X-Total-Pages"].to_i

        page += 1
      end
    end
  end
end
