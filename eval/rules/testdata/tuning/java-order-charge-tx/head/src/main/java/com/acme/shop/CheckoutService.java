package com.acme.shop;

import com.acme.shop.payment.ChargeResult;
import com.acme.shop.payment.PaymentGateway;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class CheckoutService {

    private final CartRepository carts;
    private final OrderRepository orders;
    private final StockRepository stock;
    private final PaymentGateway gateway;
    private final ApplicationEventPublisher events;

    public CheckoutService(
            CartRepository carts,
            OrderRepository orders,
            StockRepository stock,
            PaymentGateway gateway,
            ApplicationEventPublisher events) {
        this.carts = carts;
        this.orders = orders;
        this.stock = stock;
        this.gateway = gateway;
        this.events = events;
    }

    @Transactional
    public UUID checkout(UUID cartId, String paymentMethodNonce) {
        Cart cart = carts.findForUpdate(cartId).orElseThrow(() -> new CartNotFoundException(cartId));
        if (cart.isCheckedOut()) {
            return cart.getOrderId();
        }
        cart.lines().forEach(line -> stock.reserve(line.sku(), line.quantity()));

        Order order = Order.from(cart);
        ChargeResult charge = gateway.charge(cartId.toString(), order.total(), paymentMethodNonce);
        if (!charge.successful()) {
            throw new PaymentDeclinedException(charge.reason());
        }
        order.markPaid(charge.transactionId());
        orders.save(order);
        cart.checkedOut(order.getId());
        events.publishEvent(new OrderPlaced(order.getId()));
        return order.getId();
    }
}
