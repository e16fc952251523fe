package io.northpantry.address;

import feign.RetryableException;
import feign.Retryer;
import java.util.concurrent.TimeUnit;

/** Two more attempts for the reads of this client; Feign asks it for I/O errors and answers with Retry-After only. */
public class ReadRetryer extends Retryer.Default {

    public ReadRetryer() {
        super(150, TimeUnit.SECONDS.toMillis(1), 3);
    }

    @Override
    public void continueOrPropagate(RetryableException e) {
        super.continueOrPropagate(e);
    }

    @Override
    public Retryer clone() {
        return new ReadRetryer();
    }
}
