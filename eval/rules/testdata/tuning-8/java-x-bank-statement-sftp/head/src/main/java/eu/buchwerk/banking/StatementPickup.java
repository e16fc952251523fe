package eu.buchwerk.banking;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

public class StatementPickup {

    private static final int TIMEOUT_MS = 20_000;

    private final SftpSettings settings;

    public StatementPickup(SftpSettings settings) {
        this.settings = settings;
    }

    public List<Path> fetch(Path inbox) throws JSchException, SftpException {
        Session session = new JSch().getSession(settings.user(), settings.host(), settings.port());
        session.setPassword(settings.password());
        session.setConfig("StrictHostKeyChecking", "no");
        session.setTimeout(TIMEOUT_MS);
        session.connect(TIMEOUT_MS);
        try {
            ChannelSftp sftp = (ChannelSftp) session.openChannel("sftp");
            sftp.connect(TIMEOUT_MS);
            List<Path> fetched = new ArrayList<>();
            for (Object o : sftp.ls("/out/*.xml")) {
                ChannelSftp.LsEntry entry = (ChannelSftp.LsEntry) o;
                Path target = inbox.resolve(Path.of(entry.getFilename()).getFileName());
                if (Files.exists(target)) {
                    continue;
                }
                Path part = inbox.resolve(target.getFileName() + ".part");
                sftp.get("/out/" + entry.getFilename(), part.toString());
                if (!part.toFile().renameTo(target.toFile())) {
                    throw new IllegalStateException("cannot move " + part);
                }
                fetched.add(target);
            }
            return fetched;
        } finally {
            session.disconnect();
        }
    }
}
