package io.northpantry.address;

import feign.FeignException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

@Service
public class AddressSuggestions {

    private static final Logger log = LoggerFactory.getLogger(AddressSuggestions.class);

    private final LoqateClient loqate;

    AddressSuggestions(LoqateClient loqate) {
        this.loqate = loqate;
    }

    /** Suggestions help typing; without them the customer fills in the form by hand. */
    public List<Suggestion> suggest(String text, String country) {
        if (text == null || text.length() < 3 || text.length() > 120) {
            return List.of();
        }
        try {
            var items = loqate.find(text, country, 8).Items();
            if (items == null || items.stream().anyMatch(i -> i.Error() != null)) {
                log.error("loqate refused the lookup, code {}", items == null ? "none" : items.get(0).Error());
                return List.of();
            }
            return items.stream().map(i -> new Suggestion(i.Id(), i.Text(), i.Description())).toList();
        } catch (FeignException e) {
            log.warn("loqate lookup failed with status {}", e.status());
            return List.of();
        }
    }
}
