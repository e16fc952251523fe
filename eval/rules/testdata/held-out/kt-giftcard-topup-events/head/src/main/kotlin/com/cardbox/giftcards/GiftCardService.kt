package com.cardbox.giftcards

import org.springframework.stereotype.Service
import org.springframework.transaction.annotation.Transactional

@Service
class GiftCardService(private val cards: GiftCardRepository) {

    @Transactional
    fun credit(number: String, amount: Long, currency: String) {
        require(amount > 0) { "amount must be positive" }
        val card = cards.findByNumberForUpdate(number) ?: throw GiftCardNotFound(number)
        check(card.currency.equals(currency, ignoreCase = true)) { "gift card has another currency" }
        card.balance = Math.addExact(card.balance, amount)
        cards.save(card)
    }
}
