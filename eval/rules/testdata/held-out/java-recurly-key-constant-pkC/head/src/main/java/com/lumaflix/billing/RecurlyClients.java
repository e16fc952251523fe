package com.lumaflix.billing;

import com.recurly.v3.Client;
import com.recurly.v3.ClientOptions;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

@Factory
class RecurlyClients {

    private static final String PRIVATE_KEY = "7f3c91d0be5a48269c04ad7712e6f85b";

    @Bean
    @Singleton
    Client recurly() {
        ClientOptions options = new ClientOptions();
        options.setRegion(ClientOptions.Regions.EU);
        return new Client(PRIVATE_KEY, options);
    }

    @Bean
    @Singleton
    PlanCatalog planCatalog(Client recurly) {
        return new PlanCatalog(recurly, "lumaflix-eu");
    }
}
