package com.lumaflix.checkout;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class CheckoutConfigController {

    private static final Map<String, String> PUBLISHABLE_KEYS = Map.of(
        "eu", "pk_live_51KqTz8HfWcYd3Lr0Vn7uXbM2sAe9",
        "us", "pk_live_51LmRb4JgNpQx6Sw1Tk8oCzE5yUi7");

    private final RegionResolver regions;

    public CheckoutConfigController(RegionResolver regions) {
        this.regions = regions;
    }

    /** Read by Stripe.js in the browser. */
    @GetMapping("/checkout/config")
    public ResponseEntity<Map<String, String>> config() {
        String region = regions.current();
        return ResponseEntity.ok()
            .cacheControl(CacheControl.maxAge(10, TimeUnit.MINUTES))
            .body(Map.of("region", region, "publishableKey", PUBLISHABLE_KEYS.getOrDefault(region, PUBLISHABLE_KEYS.get("eu"))));
    }
}
