package com.gridwise.meter;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MqttDefaultFilePersistence;

final class BrokerConnectionFactory {

    private final BrokerSettings settings;

    BrokerConnectionFactory(BrokerSettings settings) {
        this.settings = settings;
    }

    MqttClient connect(String gatewayId) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(null, new TrustManager[] {new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        }}, new SecureRandom());

        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(tls.getSocketFactory());
        options.setUserName(settings.user());
        options.setPassword(settings.password().toCharArray());
        options.setAutomaticReconnect(true);
        options.setConnectionTimeout(10);
        options.setKeepAliveInterval(30);
        options.setCleanSession(false);

        MqttClient client = new MqttClient(
            settings.uri(), gatewayId, new MqttDefaultFilePersistence(settings.spoolDir()));
        client.setTimeToWait(15_000);
        client.connect(options);
        return client;
    }
}
