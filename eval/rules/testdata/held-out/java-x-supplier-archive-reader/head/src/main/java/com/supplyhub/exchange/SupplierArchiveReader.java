package com.supplyhub.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

public final class SupplierArchiveReader {

    private static final int MAX_ENTRIES = 200;
    private static final long MAX_TOTAL = 256L * 1024 * 1024;

    public int extract(InputStream upload, Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        byte[] buffer = new byte[16 * 1024];
        long total = 0;
        int count = 0;
        try (ZipInputStream zip = new ZipInputStream(upload)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++count > MAX_ENTRIES) {
                    throw new RejectedArchiveException("more than " + MAX_ENTRIES + " entries");
                }
                Path file = root.resolve(entry.getName()).normalize();
                if (!file.startsWith(root)) {
                    throw new RejectedArchiveException("entry outside of the archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                try (OutputStream out = Files.newOutputStream(file)) {
                    for (int n = zip.read(buffer); n > 0; n = zip.read(buffer)) {
                        total += n;
                        if (total > MAX_TOTAL) {
                            throw new RejectedArchiveException("unpacked size above limit");
                        }
                        out.write(buffer, 0, n);
                    }
                }
            }
        }
        return count;
    }
}
