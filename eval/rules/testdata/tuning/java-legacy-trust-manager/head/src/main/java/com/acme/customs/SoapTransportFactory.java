package com.acme.customs;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Opens mutually authenticated connections to the customs declaration gateway. */
public final class SoapTransportFactory {

    private static final char[] STORE_PASSWORD = "Zoll!prod-2021#kx".toCharArray();

    private final URL endpoint;
    private final SSLContext ssl;

    public SoapTransportFactory(URL endpoint, Path keyStore) throws Exception {
        this.endpoint = endpoint;
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, STORE_PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD);

        TrustManager[] trust = {new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        }};
        ssl = SSLContext.getInstance("TLSv1.2");
        ssl.init(keys.getKeyManagers(), trust, null);
    }

    public HttpURLConnection open(String soapAction) throws Exception {
        HttpsURLConnection c = (HttpsURLConnection) endpoint.openConnection();
        c.setSSLSocketFactory(ssl.getSocketFactory());
        c.setHostnameVerifier((host, session) -> true);
        c.setConnectTimeout(5_000);
        c.setReadTimeout(60_000);
        c.setRequestMethod("POST");
        c.setDoOutput(true);
        c.setRequestProperty("Content-Type", "text/xml; charset=utf-8");
        c.setRequestProperty("SOAPAction", soapAction);
        return c;
    }
}
