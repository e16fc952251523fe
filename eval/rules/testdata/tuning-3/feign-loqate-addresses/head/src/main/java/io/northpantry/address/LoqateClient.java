package io.northpantry.address;

import java.util.List;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@FeignClient(name = "loqate", url = "${loqate.url}", configuration = LoqateKeyHeader.class)
interface LoqateClient {

    @GetMapping("/Capture/Interactive/Find/v1.10/json3.ws")
    FindResult find(
            @RequestParam("Text") String text,
            @RequestParam("Countries") String countries,
            @RequestParam("Limit") int limit);

    record FindResult(List<Item> Items) {}

    record Item(String Id, String Type, String Text, String Description, String Error) {}
}
