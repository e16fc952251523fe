package io.telora.sms;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

@Component
public class TwilioSignatureInterceptor implements HandlerInterceptor {

    private final TwilioProperties properties;

    public TwilioSignatureInterceptor(TwilioProperties properties) {
        this.properties = properties;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        String given = request.getHeader("X-Twilio-Signature");
        String expected = sign(request);
        if (!expected.equals(given)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return false;
        }
        return true;
    }

    private String sign(HttpServletRequest request) throws Exception {
        StringBuilder data = new StringBuilder(properties.publicBaseUrl()).append(request.getRequestURI());
        if (request.getQueryString() != null) {
            data.append('?').append(request.getQueryString());
        }
        new TreeMap<>(request.getParameterMap())
            .forEach((name, values) -> data.append(name).append(values[0]));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(properties.authToken().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(data.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
