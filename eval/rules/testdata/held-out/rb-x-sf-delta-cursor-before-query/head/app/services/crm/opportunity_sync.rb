# frozen_string_literal: true

module Crm
  class OpportunitySync
    OVERLAP = 2.minutes
    SLICE = 200

    def initialize(connection)
      @connection = connection
      @client = Salesforce.client_for(connection.account)
    end

    def call
      next_start = Time.current - OVERLAP

      # a Restforce collection loads its further pages while it is iterated
      @client.query(soql).each_slice(SLICE) do |records|
        Opportunity.upsert_all(records.map { |r| row(r) }, unique_by: %i[account_id salesforce_id])
      end

      @connection.update!(opportunities_synced_from: next_start)
    end

    private

    def soql
      since = @connection.opportunities_synced_from || Time.zone.local(2015)
      <<~SOQL.squish
        SELECT Id, Name, StageName, CurrencyIsoCode, Amount, CloseDate, OwnerId
        FROM Opportunity
        WHERE SystemModstamp >= #{since.utc.iso8601}
        ORDER BY SystemModstamp
      SOQL
    end

    def row(record)
      {
        account_id: @connection.account_id,
        salesforce_id: record.Id,
        name: record.Name,
        stage: record.StageName,
        currency: record.CurrencyIsoCode,
        amount: record.Amount&.to_d,
        close_on: record.CloseDate,
        owner_ref: record.OwnerId
      }
    end
  end
end
