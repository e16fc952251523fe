package com.nordlager.erp;

import java.time.Duration;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.oxm.jaxb.Jaxb2Marshaller;
import org.springframework.ws.client.core.WebServiceTemplate;
import org.springframework.ws.transport.http.HttpComponentsMessageSender;

@Configuration
public class ErpSoapConfig {

    @Bean
    public Jaxb2Marshaller erpMarshaller() {
        Jaxb2Marshaller marshaller = new Jaxb2Marshaller();
        marshaller.setContextPath("com.nordlager.erp.wsdl");
        return marshaller;
    }

    @Bean
    public HttpComponentsMessageSender erpMessageSender() throws Exception {
        HttpComponentsMessageSender sender = new HttpComponentsMessageSender();
        sender.setConnectionTimeout((int) Duration.ofSeconds(5).toMillis());
        sender.setReadTimeout((int) Duration.ofSeconds(40).toMillis());
        sender.setCredentials(new UsernamePasswordCredentials("svc_wms_prod", "Kr4n!fahrt-2207xQ"));
        sender.afterPropertiesSet();
        return sender;
    }

    @Bean
    public WebServiceTemplate erpTemplate(@Value("${erp.soap.url}") String url, Jaxb2Marshaller erpMarshaller,
                                          HttpComponentsMessageSender erpMessageSender) {
        WebServiceTemplate template = new WebServiceTemplate(erpMarshaller);
        template.setDefaultUri(url);
        template.setMessageSender(erpMessageSender);
        return template;
    }
}
