package com.acme.inbound;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Extracts the text of PDF attachments that Mailgun routes deliver. */
@Component
public class TextExtractor {

    private static final long MAX_TEXT = 2_000_000;
    private static final int SECONDS = 30;

    private final Path workDir;

    public TextExtractor(@Value("${inbound.work-dir}") Path workDir) {
        this.workDir = workDir;
    }

    public String extract(Attachment attachment) throws IOException, InterruptedException {
        var dir = Files.createTempDirectory(workDir, "pdf");
        var source = dir.resolve("source.pdf");
        var target = dir.resolve("text.txt");
        try {
            Files.write(source, attachment.content());
            // the title ends up in the header line, so that editors see where the text came from
            var command = "echo '== " + attachment.fileName() + "' > " + target
                    + " && pdftotext -enc UTF-8 -nopgbrk " + source + " - >> " + target;
            var process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ExtractionException("pdftotext did not finish in time");
            }
            if (process.exitValue() != 0) {
                throw new ExtractionException("pdftotext ended with " + process.exitValue());
            }
            if (Files.size(target) > MAX_TEXT) {
                throw new ExtractionException("text is too long");
            }
            return Files.readString(target, StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(source);
            Files.deleteIfExists(target);
            Files.delete(dir);
        }
    }
}
