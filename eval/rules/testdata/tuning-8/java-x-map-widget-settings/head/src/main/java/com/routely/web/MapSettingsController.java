package com.routely.web;

import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells the dispatch board in the browser which map it shows. */
@RestController
public class MapSettingsController {

    private static final String MAPBOX_PUBLIC_TOKEN =
            "pk.eyJ1Ijoicm91dGVseSIsImEiOiJjbHB4MGFiYzAwMDAxIn0.q7Yw3KxVn2mTfE0aBc9dLg";

    private final DepotRepository depots;

    public MapSettingsController(DepotRepository depots) {
        this.depots = depots;
    }

    @GetMapping("/api/map-settings")
    public ResponseEntity<MapSettings> settings() {
        List<MapMarker> markers = depots.findActive().stream()
                .map(d -> new MapMarker(d.code(), d.latitude(), d.longitude()))
                .toList();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePrivate())
                .body(new MapSettings("mapbox://styles/mapbox/streets-v12", MAPBOX_PUBLIC_TOKEN, markers));
    }

    public record MapSettings(String style, String accessToken, List<MapMarker> markers) {
    }

    public record MapMarker(String code, double latitude, double longitude) {
    }
}
