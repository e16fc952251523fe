package com.acme.shop.payment;

import com.adyen.model.RequestOptions;
import com.adyen.model.checkout.Amount;
import com.adyen.model.checkout.PaymentCaptureRequest;
import com.adyen.model.checkout.PaymentCaptureResponse;
import com.adyen.service.checkout.ModificationsApi;
import com.adyen.service.exception.ApiException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class CaptureService {

    private static final Logger log = LoggerFactory.getLogger(CaptureService.class);

    private final OrderRepository orders;
    private final ShipmentRepository shipments;
    private final ModificationsApi modifications;
    private final String merchantAccount;

    public CaptureService(
            OrderRepository orders,
            ShipmentRepository shipments,
            ModificationsApi modifications,
            @Value("${adyen.merchant-account}") String merchantAccount) {
        this.orders = orders;
        this.shipments = shipments;
        this.modifications = modifications;
        this.merchantAccount = merchantAccount;
    }

    @Transactional
    public void captureAndShip(long orderId) {
        Order order = orders.findByIdForUpdate(orderId).orElseThrow(() -> new OrderNotFoundException(orderId));
        if (order.isCaptured()) {
            return;
        }

        PaymentCaptureRequest request = new PaymentCaptureRequest()
                .merchantAccount(merchantAccount)
                .reference("order-" + orderId)
                .amount(new Amount().currency(order.getCurrency()).value(order.getTotalMinor()));
        try {
            PaymentCaptureResponse response = modifications.captureAuthorisedPayment(
                    order.getPspReference(),
                    request,
                    new RequestOptions().idempotencyKey("capture-" + orderId));
            order.markCaptured(response.getPspReference());
        } catch (ApiException e) {
            log.error("capture of order {} refused with {}", orderId, e.getStatusCode());
            throw new CaptureFailedException(orderId, e);
        } catch (IOException e) {
            throw new CaptureFailedException(orderId, e);
        }
        orders.save(order);
        shipments.save(Shipment.plannedFor(order));
    }
}
