# frozen_string_literal: true

# Adds the credits of a paid pack to the account that bought it.
class CreditPackJob
  include Sidekiq::Job

  sidekiq_options queue: :billing, retry: 10

  PACKS = {
    "pack_small" => 50,
    "pack_medium" => 200,
    "pack_large" => 1_000
  }.freeze

  def perform(account_id, pack)
    credits = PACKS.fetch(pack)
    account = Account.find(account_id)

    account.with_lock do
      account.credits += credits
      account.save!
    end

    notify_balance(account)
  end

  private

  def notify_balance(account)
    BalanceMailer.with(account: account).topped_up.deliver_later
  end
end
