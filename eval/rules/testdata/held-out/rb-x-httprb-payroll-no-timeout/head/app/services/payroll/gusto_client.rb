# frozen_string_literal: true

require "http"

module Payroll
  class GustoClient
    class Error < StandardError; end
    class Unauthorized < Error; end

    BASE = "https://api.gusto.com/v1"
    VERSION = "2024-04-01"

    def initialize(company_uuid:, tokens:)
      @company_uuid = company_uuid
      @tokens = tokens
    end

    def pay_schedules
      get("/companies/#{@company_uuid}/pay_schedules")
    end

    # The payroll of one period, with the totals of each employee.
    def payroll(payroll_uuid)
      get("/companies/#{@company_uuid}/payrolls/#{payroll_uuid}", include: "benefits,deductions,taxes")
    end

    private

    def get(path, **params)
      response = HTTP
        .auth("Bearer #{@tokens.access_token}")
        .headers("X-Gusto-API-Version" => VERSION, accept: "application/json")
        .get(BASE + path, params: params)

      case response.code
      when 200 then response.parse(:json)
      when 401 then raise Unauthorized, "token of company #{@company_uuid} was rejected"
      else raise Error, "GET #{path}: status #{response.code}"
      end
    rescue HTTP::Error => e
      raise Error, "GET #{path}: #{e.class}"
    end
  end
end
