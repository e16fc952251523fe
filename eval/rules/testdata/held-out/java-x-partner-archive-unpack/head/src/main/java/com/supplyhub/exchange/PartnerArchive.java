package com.supplyhub.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unpacks the price and stock archives that suppliers upload to their exchange folder. */
public final class PartnerArchive {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerArchive.class);

    private final Path workDir;

    public PartnerArchive(Path workDir) {
        this.workDir = workDir;
    }

    public List<Path> unpack(String partnerId, InputStream upload) throws IOException {
        Path target = Files.createTempDirectory(workDir, "upload-");
        List<Path> files = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(upload)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                Path file = target.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
                files.add(file);
            }
        }
        LOG.info("partner {}: {} files unpacked", partnerId, files.size());
        return files;
    }
}
