# frozen_string_literal: true

class ContactSearch
  ORDERS = {
    "recent" => "contacts.updated_at DESC",
    "name" => "contacts.last_name ASC, contacts.first_name ASC"
  }.freeze

  MAX_RESULTS = 25

  def initialize(account)
    @scope = account.contacts
  end

  def by_number(raw)
    digits = raw.to_s.gsub(/[^\d+]/, "")
    return @scope.none if digits.length < 5

    @scope
      .where("phone = :n OR mobile = :n", n: digits)
      .order(Arel.sql(ORDERS.fetch("recent")))
      .limit(MAX_RESULTS)
  end

  def by_text(text, order: "name")
    pattern = "%#{ActiveRecord::Base.sanitize_sql_like(text.to_s.strip)}%"

    @scope
      .where("contacts.last_name ILIKE ? OR contacts.company ILIKE ?", pattern, pattern)
      .order(Arel.sql(ORDERS.fetch(order, ORDERS["name"])))
      .limit(MAX_RESULTS)
  end

  def in_cities(names)
    @scope.where(city: Array(names).first(50)).limit(MAX_RESULTS)
  end
end
