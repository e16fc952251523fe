module Checkout
  class SubmitOnce
    Conflict = Class.new(StandardError)

    def initialize(user:, cart:, gateway: Payments::Gateway.instance)
      @user = user
      @cart = cart
      @gateway = gateway
    end

    def call(token:, cart_version:)
      raise Conflict, "cart changed" if cart_version != @cart.lock_version.to_s

      submission = Submission.create_or_find_by!(user: @user, token: token) do |s|
        s.fingerprint = fingerprint
      end
      raise Conflict, "token reused for another cart" if submission.fingerprint != fingerprint
      return submission.order if submission.order

      charge = @gateway.charge(
        amount_cents: @cart.total_cents,
        currency: @cart.currency,
        idempotency_key: "submission-#{submission.id}"
      )
      submission.with_lock do
        submission.order || submission.update!(order: Order.from_cart!(@cart, charge_id: charge.id))
      end
      submission.order
    end

    private

    def fingerprint
      Digest::SHA256.hexdigest([@cart.id, @cart.lock_version, @cart.total_cents].join(":"))
    end
  end
end
