# frozen_string_literal: true

class OrderApproval
  def initialize(order)
    @order = order
  end

  def call
    return @order.approve! if @order.prepaid?

    objection = CreditCheck.new(@order.customer).objection
    if objection.nil? || objection.limit_cents.to_i >= @order.total_cents
      @order.approve!
    else
      @order.hold!(reason: objection.code)
    end
  end
end
