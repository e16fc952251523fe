package com.lumaflix.billing;

import com.recurly.v3.Client;
import com.recurly.v3.ClientOptions;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

@Factory
class RecurlyClients {


    @Bean
    @Singleton
    Client recurly(@Value("${recurly.private-key}") String privateKey) {
        ClientOptions options = new ClientOptions();
        options.setRegion(ClientOptions.Regions.EU);
        return new Client(privateKey, options);
    }

    @Bean
    @Singleton
    PlanCatalog planCatalog(Client recurly) {
        return new PlanCatalog(recurly, "lumaflix-eu");
    }
}
