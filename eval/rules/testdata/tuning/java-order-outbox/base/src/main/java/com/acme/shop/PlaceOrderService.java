package com.acme.shop;

import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class PlaceOrderService {

    private final CartRepository carts;
    private final OrderRepository orders;
    private final OutboxRepository outbox;

    public PlaceOrderService(
            CartRepository carts, OrderRepository orders, OutboxRepository outbox) {
        this.carts = carts;
        this.orders = orders;
        this.outbox = outbox;
    }

    @Transactional
    public UUID place(UUID cartId, String paymentMethodToken) {
        Cart cart = carts.findForUpdate(cartId).orElseThrow(() -> new CartNotFoundException(cartId));
        if (cart.isCheckedOut()) {
            return cart.getOrderId();
        }
        Order order = Order.awaitingPayment(cart, paymentMethodToken);
        orders.save(order);
        cart.checkedOut(order.getId());
        outbox.add(OutboxMessage.charge(order.getId()));
        return order.getId();
    }
}
