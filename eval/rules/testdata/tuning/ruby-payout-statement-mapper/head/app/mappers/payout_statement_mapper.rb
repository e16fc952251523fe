# frozen_string_literal: true

# Maps Stripe balance transactions (integers in minor units) to statement rows.
class PayoutStatementMapper
  ZERO_DECIMAL = %w[JPY KRW VND].freeze

  Row = Struct.new(:reference, :kind, :gross_minor, :fee_minor, :net_minor, :currency, :booked_at, keyword_init: true)

  def initialize(transactions)
    @transactions = transactions
  end

  def rows
    @transactions.map do |tx|
      Row.new(
        reference: tx.source,
        kind: tx.type,
        gross_minor: tx.amount,
        fee_minor: tx.fee,
        net_minor: tx.net,
        currency: tx.currency.upcase,
        booked_at: Time.at(tx.created).utc
      )
    end
  end

  def totals
    rows.group_by(&:currency).transform_values { |group| group.sum(&:net_minor) }
  end

  def self.display(minor, currency)
    exponent = ZERO_DECIMAL.include?(currency) ? 0 : 2
    amount = BigDecimal(minor) / (10**exponent)
    format("%.#{exponent}f %s", amount, currency)
  end
end
