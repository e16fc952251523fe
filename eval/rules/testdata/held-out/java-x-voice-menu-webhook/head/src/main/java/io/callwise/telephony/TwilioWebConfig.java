package io.callwise.telephony;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class TwilioWebConfig {

    @Bean
    public FilterRegistrationBean<TwilioSignatureFilter> twilioSignature(
            @Value("${twilio.auth-token}") String authToken,
            @Value("${app.public-url}") String publicBaseUrl) {
        FilterRegistrationBean<TwilioSignatureFilter> registration =
                new FilterRegistrationBean<>(new TwilioSignatureFilter(authToken, publicBaseUrl));
        registration.addUrlPatterns("/hooks/twilio/*");
        return registration;
    }
}
